"""A teacher: a larger network whose judgement the small one learns beside the annotators'.

Teachers are trained on parts of a corpus, each labels the part that it has not seen. So
their labels are honest judgements and no memory of the annotations. A teacher also reads
each content on its own, as if it were a text, which gives the attributions nested in it:
PolNeAR annotates none.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.attributing.joining import find_attributions
from onrecord.errors import TrainingError
from onrecord.evaluation.corpus import (
    ROLES,
    Article,
    Roles,
    containers,
    read_corpus,
    write_annotations,
)
from onrecord.training.attributions import (
    TrainingOptions,
    check_device,
    prepare_articles,
    train,
)
from onrecord.training.checkpoints import CHECKPOINT
from onrecord.training.encoder import TorchEncoder
from onrecord.training.examples import PARAGRAPH, cue_pieces
from onrecord.training.soft import FILE, SoftLabels, save_soft_labels

if TYPE_CHECKING:
    from onrecord.attributing.joining import Found
    from onrecord.encoder.base import Encoder, Encoding
    from onrecord.encoder.pieces import Pieces
    from onrecord.records import Span

OPTIONS = TrainingOptions(epochs=8, encoder_rate=5e-5)
"""How a teacher is trained: a larger encoder takes a smaller rate."""

LEAST = 5
"""Words from which a content may hold another attribution."""

SURE = 0.2
"""Confidence from which a nested attribution is kept."""

_LEAD = re.compile(r"[\s“\"'‘„«»`]*(?:(?:that|how|whether|if)\s+)?[\s“\"'‘„«»`]*", re.IGNORECASE)
_TAIL = "”\"'’»“,; \n"
_MARKS = re.compile('[“”"„«»]')


def teach(
    corpus: Path,
    encoder: Path,
    out: Path,
    *,
    options: TrainingOptions = OPTIONS,
    folds: int = 4,
    device: str = "cpu",
    resume: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> None:
    """Write into ``out`` the corpus with soft labels and nested attributions.

    ``resume`` goes on after a stop: parts whose teacher is trained are not trained again.
    Raises `CorpusError` or `TrainingError`.
    """
    check_device(device)
    if out.resolve() == corpus.resolve():
        raise TrainingError(f"{out} is the corpus itself. Name another folder to write to.")
    articles = read_corpus(corpus)
    if not 2 <= folds <= len(articles):
        raise TrainingError(
            f"{corpus} has {len(articles)} articles, which cannot be parted in {folds}: "
            "each teacher needs some to learn from and some to label."
        )
    labels: dict[str, SoftLabels] = {}
    nested: dict[str, list[Roles]] = {}
    for fold in range(folds):
        report(f"teacher {fold + 1} of {folds}")
        seen = [one for number, one in enumerate(articles) if number % folds != fold]
        run = prepare_articles(seen, {}, encoder, out / f"fold{fold}", options, device=device)
        # A stop in the middle leaves later parts without a checkpoint.
        begun = fold == 0 or (run.out / CHECKPOINT).is_file()
        teacher = TorchEncoder(train(run, resume=resume and begun, report=report), run.tokenizer)
        for article in articles[fold::folds]:
            labels[article.name] = soft_labels(teacher, article)
            nested[article.name] = nested_attributions(teacher, article)
    _write(out, articles, labels, nested)
    report(f"{sum(map(len, nested.values()))} nested attributions in {len(articles)} articles")


def _write(
    out: Path,
    articles: Sequence[Article],
    labels: Mapping[str, SoftLabels],
    nested: Mapping[str, Sequence[Roles]],
) -> None:
    for name in ("text", "attributions"):
        (out / name).mkdir(parents=True, exist_ok=True)
    for article in articles:
        shutil.copyfile(article.path, out / "text" / article.path.name)
        write_annotations(
            out / "attributions" / f"{article.name}_teacher.ann",
            article.text,
            [*article.attributions, *nested[article.name]],
        )
    save_soft_labels(out / FILE, {one.name: labels[one.name] for one in articles})


def soft_labels(teacher: Encoder, article: Article) -> SoftLabels:
    """What a teacher thinks of an article: of its pieces, and for each cue of the gold."""
    lines = [found.span() for found in PARAGRAPH.finditer(article.text)]
    encoding = teacher.encode(article.text, [lines])
    places = [cue_pieces(encoding.pieces, one.cue) for one in article.attributions]
    known = list(dict.fromkeys(place for place in places if place is not None))
    readings = encoding.read_cues([(first, last + 1) for first, last in known])
    return SoftLabels(
        tags=np.exp(encoding.tags),
        cues={
            place: (reading.start, np.exp(reading.scores))
            for place, reading in zip(known, readings, strict=True)
        },
    )


def nested_attributions(teacher: Encoder, article: Article) -> list[Roles]:
    """The attributions that a teacher finds in an article's contents, each read alone.

    None of them has a cue that is known already, and what the annotator marked stays
    nested as it was.
    """
    known = list(article.attributions)
    marked = containers(article.attributions)
    for one in _found_within(teacher, article):
        within = containers([*article.attributions, one])
        new = not any(a < d and c < b for a, b in one.cue for k in known for c, d in k.cue)
        if new and within[-1] is not None and within[:-1] == marked:
            known.append(one)
    return known[len(article.attributions) :]


def _found_within(teacher: Encoder, article: Article) -> list[Roles]:
    parts, places = [], []
    length = 0
    for start, end in sorted({span for one in article.attributions for span in one.content}):
        start, end, sentence = _as_sentence(article.text, start, end)
        if len(sentence.split()) >= LEAST:
            places.append((length, start, end))
            parts.append(sentence)
            length += len(sentence) + 2
    if not parts:
        return []
    text = "\n\n".join(parts)
    lines = [(at, at + len(part)) for (at, _, _), part in zip(places, parts, strict=True)]
    encoding = teacher.encode(text, [[line] for line in lines])
    out = []
    for one in find_attributions(encoding)[0]:
        if one.cue and np.prod(one.scores) >= SURE:
            at, start, end = places[_line(encoding, one)]
            roles = Roles(
                *(
                    tuple(_moved(encoding.pieces, span, start - at, end) for span in found)
                    for found in (sorted(getattr(one, role)) for role in ROLES)
                )
            )
            if all(a < b for role in ROLES for a, b in getattr(roles, role)):
                out.append(roles)
    return out


def _as_sentence(text: str, start: int, end: int) -> tuple[int, int, str]:
    """A content as a sentence of its own: no marks around it, no "that", a capital, a stop.

    Characters stay where they are, so that spans in it are spans in the text.
    """
    found = _LEAD.match(text, start, end)
    start = found.end() if found else start
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    sentence = text[start:end]
    if sum(map(len, map(_MARKS.findall, sentence))) % 2:
        sentence = _MARKS.sub(" ", sentence)
    stop = "" if sentence[-1:] in ".?!" else "."
    return start, end, sentence[:1].upper()[:1] + sentence[1:] + stop


def _line(encoding: Encoding, one: Found) -> int:
    return int(np.searchsorted(encoding.pieces.bounds, one.cue[0][0], side="right")) - 1


def _moved(pieces: Pieces, span: tuple[int, int], by: int, end: int) -> Span:
    first, last = span
    return int(pieces.starts[first]) + by, min(int(pieces.ends[last - 1]) + by, end)
