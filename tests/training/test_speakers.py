"""Heads for mentions and links on a tiny encoder: learned, exported, read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

import onnx
import torch

from onrecord.encoder.mentions import MENTION_TAGS, link_distances
from onrecord.encoder.onnx import (
    ATTRIBUTION_FILES,
    CUES_FILE,
    ENCODER_FILE,
    FILES,
    HIDDEN,
    MENTIONS_FILE,
    TOKENIZER_FILE,
    OnnxEncoder,
)
from onrecord.encoder.weights import read_manifest, write_manifest
from onrecord.errors import CorpusError, ExtraMissingError, TrainingError
from onrecord.evaluation.gap import GapExample
from onrecord.evaluation.gum import GumDocument, GumMention, Word
from onrecord.training import mention_texts, silver
from onrecord.training.attributions import TrainingOptions, prepare
from onrecord.training.export import export
from onrecord.training.hidden import show_hidden
from onrecord.training.mention_data import TAGS, MentionText, gap_text, gum_text, mark, news_text
from onrecord.training.mention_export import export_mentions
from onrecord.training.mention_network import pair_vectors
from onrecord.training.mention_texts import Looker, in_capitals, in_title_case, line_spans
from onrecord.training.silver import Name, clean_names
from onrecord.training.speakers import (
    SpeakerOptions,
    SpeakerRun,
    SpeakerTexts,
    collate,
    train,
)
from onrecord.training.speakers import prepare as prepare_speakers
from onrecord.training.speakers_release import release_speakers

pytestmark = pytest.mark.train

LINE = "Anna Bell said the mayor left"
"""With "She wrote" after it: Anna Bell and she are one."""


@pytest.fixture(scope="module")
def weights(corpus: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Untrained weights that find attributions alone."""
    folder = tmp_path_factory.mktemp("weights")
    run = prepare(corpus, encoder, folder, TrainingOptions())
    export(run.network, encoder / "tokenizer.json", folder, name="small")
    (folder / "MODEL_CARD.md").write_text("# small\n\nWhat it is.\n")
    return folder


@pytest.fixture(scope="module")
def look(weights: Path) -> Looker:
    return Looker(weights)


def _document(number: int = 0) -> GumDocument:
    text = f"{LINE}\n\nShe wrote"
    words = []
    at = 0
    tags = "PROPN PROPN VERB DET NOUN VERB PRON VERB".split()
    for word, tag in zip(text.split(), tags, strict=True):
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(start, at, tag, "dep", None))
    mentions = (
        GumMention(0, 2, (0, 1), "1", "person"),
        GumMention(3, 5, (4,), "2", "person"),
        GumMention(6, 7, (6,), "1", "person"),
    )
    spans = ((0, len(LINE)), (len(LINE) + 2, len(text)))
    return GumDocument(f"doc{number}", text, spans, tuple(words), mentions)


def _run(look: Looker, out: Path, *, epochs: int = 30, pronouns: float = 0.5) -> SpeakerRun:
    options = SpeakerOptions(epochs=epochs, rate=3e-3, pronouns_share=pronouns)
    texts = SpeakerTexts([gum_text(_document(), look)] * 6, [_gap(look)], [_news(look)])
    return prepare_speakers(texts, out, options)


def _gap(look: Looker) -> MentionText:
    text = "Anna Bell said Ben Cole left . She wrote"
    example = GapExample("g", text, (31, 34), ((0, 9), (15, 23)), (True, False))
    return gap_text(example, look, [Name(0, 9, "PERSON"), Name(15, 23, "PERSON")])


def _news(look: Looker) -> MentionText:
    return news_text(LINE, [(0, len(LINE))], look, [Name(0, 9, "PERSON")])


def test_a_document_has_its_tags_and_pairs(look: Looker) -> None:
    text = gum_text(_document(), look)
    assert text.allowed.sum(1).tolist() == [1] * len(text.allowed)
    person = 2 * MENTION_TAGS.index(("name", "person")) + 1
    described = 2 * MENTION_TAGS.index(("description", "person")) + 1
    assert text.allowed.argmax(1).tolist() == [
        *(person, person + 1, 0, described, described + 1, 0, 0),
        *(0, 0, 0),
    ]
    pairs = text.pairs
    assert pairs.question.tolist() == [0, 1, 1]
    assert pairs.anaphors.tolist() == [[3, 5], [7, 8], [7, 8]]
    assert pairs.antecedents.tolist() == [[0, 2], [0, 2], [3, 5]]
    assert pairs.right.tolist() == [False, True, False]
    assert pairs.distance[0] != pairs.distance[1] == pairs.distance[2]


def test_another_tools_names_leave_descriptions_open(look: Looker) -> None:
    names = [Name(0, 9, "PERSON"), Name(19, 24, "NORP")]
    allowed = news_text(LINE, [(0, len(LINE))], look, names).allowed
    descriptions = [
        2 * n + k for n, (form, _) in enumerate(MENTION_TAGS) for k in (1, 2) if form != "name"
    ]
    assert allowed[:2].argmax(1).tolist() == [1, 2]
    assert allowed[:2].sum(1).tolist() == [1, 1]
    assert np.flatnonzero(allowed[2]).tolist() == [0, *descriptions]
    assert allowed[4].all()


def test_the_longer_of_two_that_cross_is_marked() -> None:
    allowed = np.zeros((4, TAGS), dtype=bool)
    mark(allowed, [((1, 2), 0), ((0, 3), 1)])
    assert allowed.argmax(1).tolist() == [3, 4, 4, 0]


def test_names_lose_articles_genitives_and_spaces() -> None:
    text = "the Tide List's \nan Echo"
    names = [Name(0, 15, "ORG"), Name(15, 24, "ORG"), Name(17, 20, "ORG")]
    found = [text[name.start : name.end] for name in clean_names(text, names)]
    assert found == ["Tide List", "an Echo"]


def test_headlines_keep_their_length() -> None:
    text = "anna's straße: o’brien’s"
    assert in_capitals(text) == "ANNA'S STRAßE: O’BRIEN’S"
    assert in_title_case(text) == "Anna's Straße: O’brien’s"
    assert line_spans("one\n\n two\n") == [(0, 3), (5, 9)]


def test_the_other_answers_stay_to_the_last_bit(
    weights: Path, look: Looker, tmp_path: Path
) -> None:
    run = _run(look, tmp_path / "run")
    export_mentions(run.network, weights, tmp_path / "out", name="more")
    text, groups = f"{LINE}. " * 90, [[(0, 90 * (len(LINE) + 2))]]
    before = OnnxEncoder(weights).encode(text, groups)
    after = OnnxEncoder(tmp_path / "out").encode(text, groups)
    assert np.array_equal(before.tags, after.tags)
    assert np.array_equal(before.inner, after.inner)
    for one, other in zip(before.read_cues([(2, 3)]), after.read_cues([(2, 3)]), strict=True):
        assert np.array_equal(one.scores, other.scores)
    assert (before.mentions.argmax(1) == 0).all()
    assert len(before.mentions) == len(after.mentions) == len(after.pieces.ids)
    assert not np.array_equal(before.mentions, after.mentions)
    assert before.link_scores([(5, 7)], [[(0, 2)]])[0].tolist() == [0]
    manifest = read_manifest(tmp_path / "out")
    assert list(manifest.files) == list(FILES)
    assert manifest.calibration == read_manifest(weights).calibration


def test_what_is_learned_is_exported(weights: Path, look: Looker, tmp_path: Path) -> None:
    run = _run(look, tmp_path / "run", pronouns=1.0)
    reports: list[str] = []
    network = train(run, report=reports.append).eval()
    first, last = (float(reports[at].split("tags ")[1].split(",")[0]) for at in (0, -1))
    assert last < first / 4
    export_mentions(network, weights, tmp_path / "out", name="more", quantise=False)
    document = _document()
    encoding = OnnxEncoder(tmp_path / "out").encode(document.text, [document.paragraphs])
    gold = run.texts.every[0]
    assert encoding.mentions.argmax(1).tolist() == gold.allowed.argmax(1).tolist()
    pairs = gold.pairs
    (scores,) = encoding.link_scores([(7, 8)], [[(0, 2), (3, 5)]])
    assert scores[0] > 0 > scores[1]
    batch = collate([gold])
    with torch.no_grad():
        _, vectors = network(batch.layers, batch.surfaces, batch.mask)
        both = pair_vectors(vectors.flatten(0, 1)[batch.rows], batch.anaphors, batch.antecedents)
        expected = network.score_links(*both, torch.from_numpy(pairs.distance))
    np.testing.assert_allclose(scores, expected[1:].numpy(), atol=0.02)


def test_a_run_goes_on_as_if_it_had_not_stopped(look: Looker, tmp_path: Path) -> None:
    whole = train(_run(look, tmp_path / "whole", epochs=2))

    def stop(run: SpeakerRun) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(_run(look, tmp_path / "parts", epochs=2), after_epoch=stop)
    parts = train(_run(look, tmp_path / "parts", epochs=2), resume=True)
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.equal(one, other)
    with pytest.raises(TrainingError, match="other settings"):
        train(_run(look, tmp_path / "parts", epochs=3), resume=True)


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no text"):
        prepare_speakers(SpeakerTexts([]), tmp_path, SpeakerOptions())


def test_the_card_is_the_old_one_and_more(weights: Path, look: Looker, tmp_path: Path) -> None:
    run = _run(look, tmp_path / "run")
    card = release_speakers(run, weights, tmp_path / "out", name="more", gum=[_document()])
    assert card.startswith("# more\n\nWhat it is.\n\n## Mentions and links\n")
    assert "states no licence" in card
    assert "CC BY 4.0" in card
    assert "| name/person, GUM |" in card
    again = release_speakers(run, tmp_path / "out", tmp_path / "again", name="third")
    assert again.startswith("# third\n\nWhat it is.\n\n## Mentions and links\n")
    assert again.count("## Mentions and links") == 1


def test_a_graph_that_shows_its_layers_is_taken_as_it_is(weights: Path) -> None:
    shown = show_hidden((weights / ENCODER_FILE).read_bytes())
    assert HIDDEN in {one.name for one in onnx.load_from_string(shown).graph.output}
    assert show_hidden(shown) == shown
    with pytest.raises(TrainingError, match="no layers"):
        show_hidden((weights / CUES_FILE).read_bytes())


def test_texts_are_read_from_folders(
    look: Looker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        mention_texts, "spacy_names", lambda texts: ([Name(0, 9, "PERSON")] for _ in texts)
    )
    with pytest.raises(CorpusError, match="holds no texts"):
        mention_texts.news_texts(tmp_path, look)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "one.txt").write_text(LINE)
    (tmp_path / "text" / "two.txt").write_text("\n")
    plain, heading = mention_texts.news_texts(tmp_path, look)
    assert np.array_equal(plain.allowed, heading.allowed)
    assert not np.array_equal(plain.hidden.pieces.surfaces, heading.hidden.pieces.surfaces)


def test_without_spacy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silver, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'onrecord\[train\]'"):
        next(silver.spacy_names([LINE]))


def test_weights_with_one_graph_of_two_are_refused(
    weights: Path, look: Looker, tmp_path: Path
) -> None:
    from onrecord.errors import WeightsAlteredError

    export_mentions(_run(look, tmp_path / "run").network, weights, tmp_path, name="more")
    write_manifest(tmp_path, "half", [*ATTRIBUTION_FILES, MENTIONS_FILE])
    with pytest.raises(WeightsAlteredError, match=r"links\.onnx"):
        OnnxEncoder(tmp_path)
    (tmp_path / ENCODER_FILE).write_bytes((weights / ENCODER_FILE).read_bytes())
    write_manifest(tmp_path, "other", list(FILES))
    with pytest.raises(WeightsAlteredError, match="which lacks"):
        OnnxEncoder(tmp_path)
    write_manifest(tmp_path, "plain", list(ATTRIBUTION_FILES))
    assert OnnxEncoder(tmp_path).encode("", []).mentions.shape == (0, TAGS)
    assert (tmp_path / TOKENIZER_FILE).is_file()


def test_distances_tell_near_from_far(look: Looker) -> None:
    pieces = look(f"{LINE}\n\n{LINE}", [(0, 29), (31, 60)]).pieces
    at = np.asarray([6, 6, 6, 8, 8])
    numbers = link_distances(pieces, at, np.asarray([5, 4, 7, 5, 3]))
    assert len(set(numbers.tolist())) == 5
