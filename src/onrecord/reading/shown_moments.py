"""Times as pages show them to people: "2 weeks ago", "3. Mai 2024, 13:47"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone, tzinfo

from dateutil.parser import parser, parserinfo

from onrecord.reading.moments import iso_moment

MONTHS = (
    "january jan januar jänner jan janvier janv enero ene janeiro gennaio gen januari styczeń "
    "stycznia января янв",
    "february feb februar februari février fév févr febrero fevereiro fev febbraio luty lutego "
    "февраля фев",
    "march mar märz mrz mär mars marzo março maart mrt marzec marca марта мар",
    "april apr avril avr abril abr aprile kwiecień kwietnia апреля апр",
    "may mai mayo maio maggio mag mei maj maja мая май",
    "june jun juni juin junio junho giugno giu czerwiec czerwca июня июн",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca июля июл",
    "august aug août aout agosto ago augustus augusti sierpień sierpnia августа авг",
    "september sep sept septembre septiembre setembro set settembre wrzesień września сентября "
    "сен сент",
    "october oct oktober okt octobre octubre outubro out ottobre ott październik października "
    "октября окт",
    "november nov novembre noviembre novembro listopad listopada ноября ноя нояб",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre grudzień grudnia "
    "декабря дек",
)
"""What the months are called, and for short, in the languages that times are read in."""

_NAMES = sorted({name for month in MONTHS for name in month.split()}, key=len, reverse=True)
_MONTH = rf"(?:{'|'.join(_NAMES)})(?!\w)\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|°)?"
_YEAR = r"(?:\d{4}|'\d\d)(?!\d)"
_OF = r"(?:\s*(?:de|of|del)\s+|\s*[-/,]\s*|\s+|\s*)"
_CLOCK = (
    r"\d{1,2}\s?(?:[:h]\s?\d\d(?::\d\d)?(?:\.\d+)?|(?=\s?[ap]\.?m))(?:\s?[ap]\.?\s?m\b\.?)?"
    r"(?:\s?(?:uhr|h|utc|gmt|[ce]e?st|[pecm][sd]?t|bst|msk)\b)?(?:\s?[+-]\d\d:?\d\d)?"
)
_DAY = (
    rf"(?:\d{{1,2}}{_ORDINAL}{_OF}{_MONTH}(?:{_OF}{_YEAR})?"
    rf"|(?<!\w){_MONTH}{_OF}\d{{1,2}}(?!\d|:){_ORDINAL}(?:{_OF}{_YEAR})?"
    r"|\d{4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d)|\d{1,2}\s?([-./])\s?\d{1,2}\s?\1\s?\d{2,4}(?!\d)"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
)
_NEAR = (
    r"(?:yesterday|today|gestern|heute|vorgestern|hier|aujourd['’]hui|ayer|hoy|ieri|oggi|wczoraj|"
    r"dzisiaj|вчера|сегодня|igår|idag)"
)
_WEEKDAY = (
    r"(?:(?<!\w)(?:mon(?:day|tag)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?|mo|di|mi|do|fr|sa|so|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonntag|lun(?:di|es)?|mar(?:di|tes)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|"
    r"dim(?:anche)?|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\.?,?\s+)?"
)
_AT = (
    r"(?:\s?г\.)?\s*(?:[,\-–—|•·@(/T]\s*)?"
    r"(?:(?:at|um|à|alle|a las|às|o|в|om|kl\.?|ore|o godz\.?|op)\s+)?"
)
_UNIT = (
    r"(?:s|sec\w*|sek\w*|m|min\w*|h|hrs?|hours?|stunden?|std|heures?|horas?|ore|godz\w*|час\w*|d|days?|"
    r"tag\w*|jours?|d[ií]as?|giorn\w+|dni|dzień|дн\w*|день|w|wks?|weeks?|wochen?|semaines?|semanas?|"
    r"settiman\w+|tygodn\w+|недел\w*|mo|months?|monat\w*|mois|mes(?:es)?|mes[ei]|miesi\w+|месяц\w*|"
    r"y|yrs?|years?|jahr\w*|ans?|años?|ann[oi]|lat|год\w*|лет|сек\w*|мин\w*|uren|uur|dagen|weken|"
    r"maanden|jaar|dager|timer)"
)
_NUMBER = r"(?:about |almost |over |etwa |около )?(?:\d+|an?|one|ein(?:e[mnr]?)?|une?|un[ao]?)"
_AGO = (
    rf"(?:{_NUMBER}\s?{_UNIT}(?:,?\s(?:and\s)?\d+\s?{_UNIT})?\.?\s(?:ago|назад|geleden|temu|fa|her|sedan|siden|atrás)(?!\w)"
    rf"|(?<!\w)(?:час|день|неделю|месяц|год|минуту)\sназад"
    rf"|(?<!\w)(?:vor|il y a|hace|há|för|for)\s{_NUMBER}\s?{_UNIT}(?!\w)"
    r"|(?<!\w)just now)"
)
_DAY_BEHIND = _DAY.replace(r"\1", r"\2")  # The second day of one expression.
_SHOWN = re.compile(
    rf"{_WEEKDAY}(?:{_DAY}(?:{_AT}{_CLOCK})?|(?<!\w){_NEAR}{_AT}{_CLOCK}"
    rf"|{_CLOCK}{_AT}(?:on\s)?{_WEEKDAY}{_DAY_BEHIND}|{_AGO})"
    r"(?:\s*\((?:[a-zà-ÿ][a-zà-ÿ/_ ]{1,20}|\d{1,2}:\d\d[^()]{0,6})\))?",
    re.I,
)
_ALONE = re.compile(rf"{_CLOCK}|{_NEAR}|\d{{1,3}}\s?{_UNIT}\.?", re.I)

_LIKELY = re.compile(r"\d|ago|назад|vor |now|hace|il y a|há |fa$|geleden|temu|gestern|heute", re.I)
"""What every time has some of; most texts have none, and this is fast to see."""

SHOWN = 120
"""Characters of the longest text that is looked through for a time."""


def find_moment(text: str) -> str | None:
    """The time in a short text, as it is shown there: "2 weeks ago", "3. Mai 2024, 13:47"."""
    if not _LIKELY.search(text[: 2 * SHOWN]):
        return None
    text = " ".join(text[: 2 * SHOWN].split())
    if not 2 <= len(text) <= SHOWN:
        return None
    found = _SHOWN.search(text)
    if found:
        return found[0].strip(" ,|-–—•·@(")
    return text if _ALONE.fullmatch(text) else None


_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?\d{2,4}")
_CLOCKED = re.compile(r"\d\s?[:h]\s?\d\d|\d\s?[ap]\.?\s?m\b", re.I)
_YEAR_FIRST = re.compile(r"\d{4}\D")
_YEARED = re.compile(r"\d{4}")


def read_moments(shown: Sequence[str | None]) -> list[str | None]:
    """The times of one page in ISO 8601, where what is shown leaves no doubt.

    A relative time needs to be held against a clock, and is ``None``; so is 4/5/2024 where
    no other time of the page tells whether days or months come first.
    """
    order = _order(text for text in shown if text)
    return [(text and _read(text, order)) or None for text in shown]


def _order(shown: Iterable[str]) -> str | None:
    """Whether days ("DMY") or months ("MDY") come first in numbers with slashes."""
    pairs = [(int(found[1]), int(found[2])) for text in shown if (found := _SLASHED.search(text))]
    if any(first > 12 for first, _ in pairs):
        return "DMY"
    return "MDY" if any(second > 12 for _, second in pairs) else None


def _read(text: str, order: str | None) -> str | None:
    slashed = _SLASHED.search(text)
    if not _YEARED.search(text) or (slashed and order is None):
        return None
    exact = iso_moment(text)
    if exact:
        return exact
    # Where points part the numbers, days come first, unless the year does.
    day_first = order == "DMY" if slashed else not _YEAR_FIRST.match(text)
    text = text.replace("@", " ")
    moments = [_parsed(text, day_first=day_first, default=default) for default in _DEFAULTS]
    if moments[0] is None or moments[0] != moments[1]:
        return None  # A part that the text does not give was taken from the default.
    return moments[0].isoformat() if _CLOCKED.search(text) else moments[0].date().isoformat()


_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def _parsed(text: str, *, day_first: bool, default: datetime) -> datetime | None:
    try:
        return _PARSER.parse(text, default=default, dayfirst=day_first, fuzzy=True, tzinfos=_zone)
    except (ValueError, OverflowError, TypeError):
        return None


_HOURS = {
    **dict.fromkeys(("UTC", "GMT", "Z", "WET"), 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3},
}
"""Hours from Greenwich of zones that pages name."""


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else None


class _Names(parserinfo):
    # The stubs allow at most three names a month.
    MONTHS = [tuple(month.split()) for month in MONTHS]  # type: ignore[misc]  # noqa: RUF012
    JUMP = parserinfo.JUMP + "um uhr à le de del в г alle om".split()


_PARSER = parser(_Names())
