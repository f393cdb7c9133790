"""The report of a long page in chromium: file size, first paint, scrolling, filters.

`python bench/report.py`: a page of 20,000 invented words with 2,000 comments of 40 words, written
as a report and opened from disk in a window of 1400 by 900 pixels. It is scrolled for some
seconds each from several places, a window's height in six frames, and the time between frames is
taken. `python bench/report.py FILE` keeps the report.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from onrecord import Attribution, Comment, Page, Paragraph, Speaker
from onrecord.records import AttributionKind, Span
from onrecord.report.html import report_html

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from bench.made import word

from browsing import browser

WORDS, COMMENTS = 20_000, 2_000
PARAGRAPH, COMMENT = 60, 40
"""Words of each."""
PLACES = (0, 0.1, 0.3, 0.5, 0.7, 1)
"""Where scrolling begins, as a share of the page; from the end it goes up."""
SPEAKERS = 40
LONG = 50
"""Milliseconds from which on a frame is felt (the "long task" of web performance)."""

_SCROLL = """(place) => new Promise((done) => {
  document.documentElement.style.scrollBehavior = "auto";
  scrollTo(0, place * (document.documentElement.scrollHeight - innerHeight));
  const deltas = [];
  let last = 0;
  function frame(now) {
    if (last) deltas.push(now - last);
    last = now;
    scrollBy(0, (place > 0.9 ? -1 : 1) * innerHeight / 6);
    if (deltas.length === 150) done(deltas); else requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
})"""

_FILTER = """() => new Promise((done) => {
  const choice = document.querySelector("#filters select");
  const values = [...choice.options].slice(1, 6).map((one) => one.value).concat("");
  const taken = [];
  function next() {
    if (!values.length) return done(taken);
    const start = performance.now();
    choice.value = values.shift();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => {
      taken.push(performance.now() - start);
      next();
    }));
  }
  next();
})"""

_FOLD = """() => new Promise((done) => {
  const start = performance.now();
  document.querySelector("[data-fold=closed]").click();
  requestAnimationFrame(() => setTimeout(() => {
    const taken = performance.now() - start;
    document.querySelector("[data-fold=open]").click();
    requestAnimationFrame(() => setTimeout(() => done(taken)));
  }));
})"""

_PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null"""


def main() -> None:
    page = made()
    started = time.perf_counter()
    written = report_html(page).encode()
    took = time.perf_counter() - started
    print(
        f"{_words(page):,} words, {len(page.comments):,} comments, "
        f"{len(page.attributions):,} attributions; report of {len(written) / 1e6:.1f} MB "
        f"in {took:.1f} s"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1] if len(sys.argv) > 1 else f"{folder}/report.html").absolute()
        path.write_bytes(written)
        measured = _measured(path)
    print(f"first paint      {measured['paint']:6.0f} ms")
    print(f"loaded           {measured['loaded']:6.0f} ms")
    _print_frames(measured["frames"])
    print(f"filter changed   {max(measured['filter']):6.0f} ms, the slowest of 6, with its frame")
    print(f"thread folded    {measured['fold']:6.0f} ms")


def _words(page: Page) -> int:
    """Those of the article."""
    return len(page.text[: page.paragraphs[-1].end].split())


def _measured(path: Path) -> dict[str, Any]:
    with browser() as started:
        there = started.new_page(viewport={"width": 1400, "height": 900})
        there.goto(path.as_uri())
        there.wait_for_function(f"({_PAINT})() !== null")
        loaded = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
        return {
            "paint": there.evaluate(_PAINT),
            "loaded": there.evaluate(loaded),
            "frames": [delta for place in PLACES for delta in there.evaluate(_SCROLL, place)],
            "filter": there.evaluate(_FILTER),
            "fold": there.evaluate(_FOLD),
        }


def _print_frames(deltas: list[float]) -> None:
    ordered = sorted(deltas)
    share = sum(delta > LONG for delta in deltas) / len(deltas)
    print(
        f"frames           median {statistics.median(deltas):4.1f} ms, 95% "
        f"{ordered[int(len(ordered) * 0.95)]:4.1f} ms, longest {ordered[-1]:4.0f} ms, "
        f"{share:.2%} of {len(deltas):,} over {LONG} ms"
    )


class _Maker:
    """Writes words, and notes who says them."""

    def __init__(self) -> None:
        self.random = Random(7)  # noqa: S311
        self.parts: list[str] = []
        self.at = 0
        self.attributions: list[Attribution] = []

    def part(self, words: int, *, comment: int | None) -> Span:
        """A paragraph or comment; where it lies."""
        start, left = self.at, words
        while left > 0:
            left -= self._sentence(min(left, self.random.randint(8, 24)), comment)
        end = self.at
        self._add("\n\n")
        return start, end - 1

    def _sentence(self, words: int, comment: int | None) -> int:
        content = " ".join(
            word(int(self.random.paretovariate(0.6))) for _ in range(max(1, words - 3))
        )
        if self.random.random() < (0.5 if comment is None else 0.25):
            speaker = self.random.randrange(SPEAKERS)
            kind: AttributionKind = self.random.choice(["direct", "indirect", "mixed"])
            source = self._add(_name(speaker))
            self._add(" ")
            cue = self._add("said")
            self._add(" ")
            said = self._add(content)
            self._note(speaker, kind, (source, cue, said), comment)
        else:
            self._add(f"It was {content}")
        self._add(". ")
        return words

    def _note(
        self, speaker: int, kind: AttributionKind, spans: tuple[Span, ...], comment: int | None
    ) -> None:
        source, cue, content = spans
        self.attributions.append(
            Attribution(
                id=len(self.attributions),
                source=(source,),
                cue=(cue,),
                content=(content,),
                kind=kind,
                within=None,
                speaker=speaker + 1,
                source_type="named_person" if speaker % 5 else "unnamed_person",
                cue_class="neutral",
                negated=False,
                confidence=0.9,
                comment=comment,
            )
        )

    def _add(self, text: str) -> Span:
        self.parts.append(text)
        start, self.at = self.at, self.at + len(text)
        return start, self.at


def made() -> Page:
    """The page."""
    maker = _Maker()
    spans = [maker.part(PARAGRAPH, comment=None) for _ in range(WORDS // PARAGRAPH + 20)]
    comments = []
    for number in range(COMMENTS):
        start, end = maker.part(COMMENT, comment=number)
        answers = number and maker.random.random() < 0.7
        comments.append(
            Comment(
                id=number,
                parent=maker.random.randrange(max(0, number - 60), number) if answers else None,
                author=f"reader {number % 300}",
                posted=None,
                posted_text=f"{number} minutes ago",
                start=start,
                end=end,
            )
        )
    return Page(
        id="0" * 64,
        headline="A long page",
        text="".join(maker.parts),
        paragraphs=tuple(Paragraph(start=a, end=b, kind="body") for a, b in spans),
        comments=tuple(comments),
        attributions=tuple(maker.attributions),
        speakers=tuple(_speaker(number) for number in range(SPEAKERS)),
    )


def _name(number: int) -> str:
    return f"{word(40 + number)} {word(400 + number)}".title()


def _speaker(number: int) -> Speaker:
    return Speaker(
        id=number + 1,
        name=_name(number),
        named=number % 5 != 0,
        kind="person",
        roles=("harbour engineer",),
        aliases=(),
        mentions=(),
    )


if __name__ == "__main__":
    main()
