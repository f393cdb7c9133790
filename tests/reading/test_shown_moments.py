"""Times as pages show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.moments import iso_moment
from onrecord.reading.shown_moments import find_moment, read_moments


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2 weeks ago", "2 weeks ago"),
        ("15 seconds ago (7:18 PM)", "15 seconds ago (7:18 PM)"),
        ("4 hours ago  |", "4 hours ago"),
        ("Posted Nov 3, 2024 14:05 UTC (Sun) by ", "Nov 3, 2024 14:05 UTC (Sun)"),
        ("On December 23, 2014,\n at 10:30 AM, ", "December 23, 2014, at 10:30 AM"),
        ("14. 01. 2020, \n\t13:47", "14. 01. 2020, 13:47"),
        ("23. Juni 2016 um 17:21 Uhr", "23. Juni 2016 um 17:21 Uhr"),
        ("vor 2 Stunden", "vor 2 Stunden"),
        ("1 Monat her", "1 Monat her"),
        ("le 14/01/2020 à 13:47", "14/01/2020 à 13:47"),
        ("il y a 3 heures", "il y a 3 heures"),
        ("hace 2 horas", "hace 2 horas"),
        ("3 часа назад", "3 часа назад"),
        ("Час назад", "Час назад"),
        ("3 November 2024 @08:11AM (#64916001)", "3 November 2024 @08:11AM"),
        ("5h", "5h"),
        ("14:05", "14:05"),
        ("yesterday at 5:40", "yesterday at 5:40"),
    ],
)
def test_a_time_is_found(text: str, moment: str) -> None:
    assert find_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "349 Fans", "Anna may go", "Mark 3 Jones", "Dec Smith", "The 3 people came at 9", "1.2.1"],
)
def test_what_is_no_time(text: str) -> None:
    assert find_moment(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14. 01. 2020, 13:47", "2020-01-14T13:47:00"),
        ("04.05.2011, 10:02", "2011-05-04T10:02:00"),
        ("2020-04-05 10:00", "2020-04-05T10:00:00"),
        ("2024/05/03 10:00", "2024-05-03T10:00:00"),
        ("December 3, 2014 at 5:01 pm", "2014-12-03T17:01:00"),
        ("Nov 3, 2024 14:05 UTC (Sun)", "2024-11-03T14:05:00+00:00"),
        ("Nov 3, 2024 2:05 pm EST", "2024-11-03T14:05:00-05:00"),
        ("Nov 3, 2024 2:05 pm XYZ", "2024-11-03T14:05:00"),
        ("3 de mayo de 2020, 10:00", "2020-05-03T10:00:00"),
        ("12 stycznia 2020 14:05", "2020-01-12T14:05:00"),
        ("le 3 janvier 2019 à 8h05", "2019-01-03T08:05:00"),
        ("24 апреля 2018 г., 07:12", "2018-04-24T07:12:00"),
        ("18 Oct. 2024", "2024-10-18"),
        ("May 2020", None),
        ("May 12", None),
        ("2 weeks ago", None),
        ("31 February 2020", None),
    ],
)
def test_a_time_is_read(text: str, moment: str | None) -> None:
    assert read_moments([text]) == [moment]


def test_the_page_tells_whether_days_or_months_come_first() -> None:
    assert read_moments(["1/2/2020"]) == [None]
    assert read_moments(["1/2/2020", "1/22/2020"]) == ["2020-01-02", "2020-01-22"]
    assert read_moments(["1/2/2020", None, "22/1/2020"]) == ["2020-02-01", None, "2020-01-22"]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2020-01-14T13:47:02+01:00", "2020-01-14T13:47:02+01:00"),
        ("20200114", "2020-01-14"),
        ("1545574500", "2018-12-23T14:15:00+00:00"),
        ("1545574500123", "2018-12-23T14:15:00+00:00"),
        ("Tue, 03 Nov 2020 10:00:00 GMT", "2020-11-03T10:00:00+00:00"),
        ("Nov 3, 2024 2:05 pm", None),
        ("2014", None),
        ("9" * 13, "2286-11-20T17:46:39+00:00"),
        (None, None),
    ],
)
def test_times_for_machines(value: str | None, moment: str | None) -> None:
    assert iso_moment(value) == moment


@given(st.text(alphabet="0123456789 :./-,apm@()hago'Majunvor d年月日", max_size=200))
def test_any_text(text: str) -> None:
    found = find_moment(text)
    assert found is None or found in " ".join(text.split())
    read_moments([text, found])
    iso_moment(text)
