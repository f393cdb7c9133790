"""Correcting attributions through the app's forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord import Corpus
from onrecord.correcting import statement
from store.made_corpus import corpus
from web.asked import client, found, words


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    return corpus(tmp_path / "c.db")


@pytest.fixture
def asking(made: Corpus) -> Iterator[TestClient[Litestar]]:
    with client(made) as it:
        yield it


def form(page: str) -> dict[str, str]:
    """What a form would send as it stands."""
    sent: dict[str, str] = {}
    for one in found(page, "//form[@id='correct']//input[@name]"):
        if one.get("type") != "checkbox" or one.get("checked") is not None:
            sent[one.get("name")] = one.get("value", "")
    for one in found(page, "//form[@id='correct']//select"):
        chosen = one.xpath("option[@selected]") or one.xpath("option")
        sent[one.get("name")] = chosen[0].get("value")
    return sent


def own(made: Corpus, content: str) -> int:
    """The id of the attribution of page 1 with this content."""
    page = made.page(1)
    (one,) = [each for each in page.attributions if page.quote(each.content) == content]
    return one.id


def test_the_form_holds_the_attribution(made: Corpus, asking: TestClient[Litestar]) -> None:
    number = own(made, "the concrete was old")
    answer = asking.get(f"/pages/1/attributions/{number}").text
    sent = form(answer)
    page = made.page(1)
    start, end = map(int, sent["content"].split("-"))
    assert page.text[start:end] == "the concrete was old"
    assert sent["speaker"] == "Pia Lund"
    assert found(answer, "//output[@id='quoted-content']/text()") == ["the concrete was old"]
    assert found(answer, "//datalist/option/@value") == ["Elda Marrow", "Osric Marrow", "Pia Lund"]


def test_a_form_sent_as_it_stands_changes_nothing(
    made: Corpus, asking: TestClient[Litestar]
) -> None:
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    before = made.page(1)
    answer = asking.post(place, data=form(asking.get(place).text), follow_redirects=False)
    assert answer.status_code == 303
    assert made.page(1) == before
    assert made.corrections() == []


def test_a_changed_speaker_wins_everywhere(made: Corpus, asking: TestClient[Litestar]) -> None:
    number = own(made, "the concrete was old")
    place = f"/pages/1/attributions/{number}"
    sent = form(asking.get(place).text) | {"speaker": "Elda Marrow", "who": "Orla"}
    answer = asking.post(place, data=sent, follow_redirects=False)
    assert answer.headers["location"] == f"/pages/1#e{number}"
    assert "onrecord-who=Orla" in answer.headers["set-cookie"]
    results = asking.get("/?q=concrete&part=results").text
    assert found(results, "//a[@class='name']/text()") == ["Elda Marrow"]
    listed = words(asking.get("/corrections").text)
    assert "Changed by Orla" in listed
    assert "speakerPia Lund" in listed
    assert "speakerElda Marrow" in listed


def test_undo_and_again(made: Corpus, asking: TestClient[Litestar]) -> None:
    before = made.page(1)
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    asking.post(place, data=form(asking.get(place).text) | {"speaker": "Elda Marrow"})
    changed = made.page(1)
    (action,) = found(asking.get("/corrections").text, "//form[@method='post']/@action")
    assert asking.post(action).status_code == 200
    assert made.page(1) == before
    (action,) = found(asking.get("/corrections").text, "//form[@method='post']/@action")
    assert action.endswith("/redo")
    asking.post(action)
    assert made.page(1) == changed


def test_an_attribution_that_is_none(made: Corpus, asking: TestClient[Litestar]) -> None:
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    sent = form(asking.get(place).text) | {"do": "wrong"}
    answer = asking.post(place, data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/pages/1#corrections"
    assert "Nothing found" in words(asking.get("/?q=concrete&part=results").text)
    assert asking.get(place).status_code == 404
    assert "Marked as no attribution" in words(asking.get("/pages/1").text)


def test_an_attribution_that_is_missing(made: Corpus, asking: TestClient[Litestar]) -> None:
    text = made.page(1).text
    start = text.index("ended")
    place = "/pages/1/missing"
    sent = form(asking.get(place).text)
    sent |= {"content": f"{start}-{start + 20}", "source_type": "unattributed"}
    assert asking.post(place, data=sent).status_code == 200
    (hit,) = found(asking.get("/?q=ended&part=results").text, "//mark/text()")
    assert hit == text[start : start + 20].strip()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"content": ""}, "content"),
        ({"content": "some words"}, "give the first and last place"),
        ({"content": "99999-99999999"}, "99999"),
        ({"source_type": "somebody"}, "source type is 'somebody'"),
        ({"speaker": "x" * 5000}, "speaker"),
    ],
)
def test_what_cannot_be_is_told(
    made: Corpus, asking: TestClient[Litestar], given: dict[str, Any], told: str
) -> None:
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    answer = asking.post(place, data=form(asking.get(place).text) | given)
    assert answer.status_code == 400
    assert told in words(answer.text)
    assert made.corrections() == []


def test_two_people_at_once(made: Corpus, asking: TestClient[Litestar]) -> None:
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    first = second = form(asking.get(place).text)
    asking.post(place, data=first | {"speaker": "Elda Marrow"})
    late = asking.post(place, data=second | {"speaker": "Osric Marrow"})
    assert late.status_code == 409
    assert "somebody changed this attribution" in words(late.text)
    assert len(made.corrections()) == 1


def test_corrections_that_are_not_there(asking: TestClient[Litestar]) -> None:
    assert asking.post("/corrections/7/undo").status_code == 404
    assert asking.post("/corrections/7/forget").status_code == 404
    assert "Nobody has corrected anything yet" in words(asking.get("/corrections").text)


def test_from_elsewhere_nobody_is_put_down_by_the_servers_login(made: Corpus) -> None:
    token = "a token of some length"  # noqa: S105
    with client(made, host="192.0.2.7", token=token, names=("127.0.0.1",)) as asking:
        asking.headers["Authorization"] = f"Bearer {token}"
        place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
        sent = form(asking.get(place).text) | {"speaker": "Elda Marrow"}
        assert sent["who"] == ""
        answer = asking.post(place, data=sent)
        assert answer.status_code == 400
        assert "who corrects has 0 characters" in words(answer.text)
        asking.post(place, data=sent | {"who": "Orla"})
        assert [one.who for one in made.corrections()] == ["Orla"]


def test_a_name_of_any_script_is_kept(asking: TestClient[Litestar], made: Corpus) -> None:
    place = f"/pages/1/attributions/{own(made, 'the concrete was old')}"
    sent = form(asking.get(place).text) | {"speaker": "Elda Marrow", "who": "Zoë 李雷"}
    asking.post(place, data=sent)
    assert form(asking.get(place).text)["who"] == "Zoë 李雷"
    asking.post("/corrections/1/undo")
    assert made.corrections()[0].undone_by == "Zoë 李雷"


def test_who_gave_no_name_elsewhere_can_undo(made: Corpus) -> None:
    token = "a token of some length"  # noqa: S105
    page = made.page(1)
    made.correct(1, before=statement(page, page.attributions[0]), after=None, who="Orla")
    with client(made, host="192.0.2.7", token=token, names=("127.0.0.1",)) as asking:
        asking.headers["Authorization"] = f"Bearer {token}"
        assert asking.post("/corrections/1/undo").status_code == 200
    assert made.corrections()[0].undone_by == "somebody"


def test_words_that_are_attributed_are_not_missing(
    made: Corpus, asking: TestClient[Litestar]
) -> None:
    number = own(made, "the concrete was old")
    content = form(asking.get(f"/pages/1/attributions/{number}").text)["content"]
    sent = form(asking.get("/pages/1/missing").text) | {"content": content}
    answer = asking.post("/pages/1/missing", data=sent | {"speaker": "Osric Marrow"})
    assert answer.status_code == 409
    assert "attributed already" in words(answer.text)
    assert made.corrections() == []
