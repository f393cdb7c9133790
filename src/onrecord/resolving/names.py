"""Where a text writes proper names: runs of words with a capital, cut to what is a name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.records import Span
from onrecord.resolving.first_names import first_names
from onrecord.resolving.nouns import Nouns

LONGEST = 12
"""Words of the longest name; what is longer is a line in capitals."""

CAPITALS = 0.8
"""Share of a line's longer words with a capital from which on capitals tell nothing."""

SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
POSTNOMINALS = frozenset(["kc", "qc", "mp", "msp", "md", "phd", "obe", "cbe", "mbe", "esq"])

PARTICLES = frozenset(
    "al bin da dal das de del della den der di do dos du e el ibn la las le los ter the van vom "
    "von y zu".split()
)
"""Small words inside a person's name."""

_JOINTS = frozenset(["of", "for", "on"])
"""Small words inside an organisation's name."""

_PEERS = frozenset(["lord", "lady", "baron", "baroness", "duke", "duchess", "earl"])

FUNCTION_WORDS = frozenset(
    """a about after again against all although am an and any anybody anyone are as at because
    been before but by can could did do does during each either every everybody everyone few
    first for from had has have he her here hers him his how however i if in instead into is it
    its just last later like many may maybe me meanwhile might more moreover most much my neither
    never no nobody none nor not nothing now of off often on once one only or other others our
    out over people perhaps second several she should since so some somebody someone sometimes
    soon still such than that the their them then there these they third this those though
    through thus to today tomorrow under until up upon us very was we well were what when where
    whether which while who whom whose why will with within without would yes yesterday yet you
    your according also asked both despite earlier even ever fellow former full given including
    late nearly recently text thanks three two unlike whatever whenever
    alongside amid among another anything around behind below besides between beyond eight eleven
    everything five four hundreds nine seven six something ten thousands throughout toward twelve
    unless via
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december jan feb aug sept oct nov dec""".split()
)
"""Words that can begin a sentence before a name, and are no part of it."""

_ACRONYMS = frozenset(["AM", "IT", "US", "WHO"])

_ALSO_NAMES = frozenset(["may", "will", "second"])

_WORD = re.compile(
    r"(?:[^\W\d_]\.)+(?:[^\W\d_]\b(?!['’]))?"  # initials: J. S.E.C.
    r"|\w+(?:['’&/.@‑-](?=\w)\w+)*"
)
_RAISED_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_MONTH_BEFORE = re.compile(r"\b(?:in|since|until|last|next|by|early|late|this|mid)[ -]$")
_MONTH_AFTER = re.compile(r" \d")
_CONTRACTION = re.compile(r"['’](?:m|ve|ll|d|re|t)$")
_PARTY = re.compile(r"[DRI]-[A-Z]")
_INITIAL = re.compile(r"[^\W\d_]\.")
_PREFIXED = re.compile(r"(?:a[lnrst]|ash|el|d|l)[-‑'’][A-ZÀ-Þ]")
"""A surname that begins with a small particle: "al-Talal", "d’Orsay"."""
_SPACE = (" ", "\u00a0")
_NICKNAME_OPENS = re.compile(r"\s[(]?[\"“‘']{1,2}")
_NICKNAME_CLOSES = re.compile(r"[\"”’']{1,2}[)]?\s")
_NICKNAME_ENDS = re.compile(r"[\"”’']{1,2}[)]?\s(?=[^\W\d_a-z])")
_SENTENCE = re.compile(r"[.!?:][\"”'’)\]]*\s+[\"“”'‘’(\[]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\w{0,3}|Messrs)\.\s+$")
_DATED = re.compile(r"[A-Z][A-Z.’' -]+(?:,[^–—-]{0,40})? ?(?:\([^)]{1,20}\) ?)?[–—-]+ $")
_DATELINE = re.compile(r"(?:, [^–—-]{0,40})? ?(?:\([^)]{1,20}\) ?)?[–—-]")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text, without what stands before it."""

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """The words right before it that name an office: "White House", "Secretary"."""
    title_start: int = -1
    """Where the first of ``titles`` stands."""
    honorific: str | None = None
    begins: bool = False
    """Whether it begins a sentence, where every word has a capital."""
    possessive: bool = False
    article: bool = False
    """Whether "the" stands before it."""
    sure: bool = True
    """Whether it stands in a line whose capitals tell names."""

    @property
    def key(self) -> tuple[str, ...]:
        """The words, folded."""
        return tuple(map(fold, self.words))


@dataclass(frozen=True, slots=True)
class Word:
    """A word, without its possessive ending."""

    start: int
    end: int
    text: str
    possessive: bool


class Names:
    """Names in the order of the text, found by place."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.all = sorted(names, key=lambda name: name.start)
        self._starts = [name.start for name in self.all]

    def inside(self, span: Span) -> list[Name]:
        """The names that stand wholly in a stretch."""
        first = bisect_left(self._starts, span[0])
        behind = bisect_left(self._starts, span[1], first)
        return [name for name in self.all[first:behind] if name.end <= span[1]]


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case, accents, stops and quotation marks: what its spellings share."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if c.isalnum()).casefold()


def in_capitals(text: str) -> bool:
    """Whether a line is written in title case or capitals, so that these tell no names.

    In title case prepositions and the like alone are written small: "spoke" tells that a line
    is a sentence.
    """
    words = _RAISED_WORD.findall(text[:400])
    longer = [word for word in words if len(word) > 3]
    raised = sum(word[0].isupper() for word in longer)
    if len(longer) < 3 or raised <= CAPITALS * len(longer):
        return False
    return all(w[0].isupper() or fold(w) in FUNCTION_WORDS or w in PARTICLES for w in words)


def is_initial(word: str) -> bool:
    """Whether a word is one letter and a stop."""
    return _INITIAL.fullmatch(word) is not None


def find_names(text: str, paragraphs: Sequence[Span], nouns: Nouns) -> list[Name]:
    """The names in paragraphs, in order. Lines in title case are left out."""
    found = []
    for start, end in paragraphs:
        if not in_capitals(text[start:end]):
            for run in _runs(text, start, end, nouns):
                name = _name(text, start, run, nouns)
                if name is not None:
                    found.append(name)
    return found


def cut_words(text: str, start: int, end: int) -> Iterator[Word]:
    """The words of a stretch."""
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        ending = _POSSESSIVE.search(word)
        if ending and len(word) > 2:
            cut = ending.start()
            yield Word(match.start(), match.start() + cut, word[:cut], True)
            continue
        after = text[match.end() : match.end() + 2]
        possessive = word.endswith("s") and after[:1] in ("'", "’") and not after[1:].isalnum()
        yield Word(match.start(), match.end(), word, possessive)


# Runs of words


def _runs(text: str, start: int, end: int, nouns: Nouns) -> Iterator[list[Word]]:
    """Words with a capital that follow one another, with the small words between them."""
    run: list[Word] = []
    small: list[Word] = []  # after the run, and part of it if a capital follows
    nickname = False
    for word in cut_words(text, start, end):
        raised = _raised(word.text)
        if run:
            last = small[-1] if small else run[-1]
            gap = text[last.end : word.start]
            if raised and nickname:
                goes_on = _NICKNAME_CLOSES.fullmatch(gap) is not None or gap in _SPACE
                nickname = False
            elif raised and not small and _opens_nickname(text, gap, word):
                goes_on = nickname = not run[-1].possessive
            else:
                goes_on = _goes_on(gap, last, run[-1], word, nouns)
            if not goes_on:
                yield run
                run, small = [], []
        if raised:
            run += [*small, word]
            small = []
        elif run and _leads_on(run, small, word.text, nouns):
            small.append(word)
        elif run:
            yield run
            run, small = [], []
    if run:
        yield run


def _raised(word: str) -> bool:
    if _CONTRACTION.search(word):
        return False  # "I’m"
    number = word[0].isdigit() and any(c.isupper() for c in word)
    return word[0].isupper() or number or _PREFIXED.match(word) is not None


def _opens_nickname(text: str, gap: str, word: Word) -> bool:
    opens = _NICKNAME_OPENS.fullmatch(gap) is not None
    return opens and _NICKNAME_ENDS.match(text, word.end) is not None


def _goes_on(gap: str, last: Word, head: Word, word: Word, nouns: Nouns) -> bool:
    if head.possessive:  # "the Millers’ Union" is one name, "Vale’s Council" is not
        return gap in ("’ ", "' ") and nouns.group_name(word.text)
    if gap in _SPACE or gap == " & ":
        return True
    if gap in (". ", ".\u00a0"):  # "Sen. ", "Jr. ", but not the end of a sentence
        short = len(last.text) < 5 and nouns.title(last.text)
        return short or nouns.honorific(last.text) or fold(last.text) in SUFFIXES
    return False


def _leads_on(run: Sequence[Word], small: Sequence[Word], word: str, nouns: Nouns) -> bool:
    """Whether a name can go on after a small word."""
    if word in _JOINTS:
        office = word == "of" and (nouns.title(run[-1].text) or fold(run[0].text) in _PEERS)
        return office or nouns.group_name(run[-1].text)
    if word in ("a", "the") and small and small[-1].text in _JOINTS:
        return True  # "Council for a Dry Coast"
    return word in PARTICLES


# From a run to a name


def _name(text: str, paragraph: int, run: Sequence[Word], nouns: Nouns) -> Name | None:
    """The name in a run of words, if there is one."""
    if len(run) > LONGEST or _PARTY.match(run[0].text):
        return None
    article, words = _trimmed(text, paragraph, run)
    if not words or _dateline(text, paragraph, words):
        return None
    office, words = _office(words, nouns)
    if not words or nouns.people(words[-1].text) or _is_title(words, nouns):
        return None
    honorific, cut = _cut(words, nouns)
    before = [*office, *words[:cut]]
    titles = [word for word in before if not nouns.honorific(word.text)]
    kept = words[cut:]
    if honorific and fold(honorific) in _PEERS:  # "Lord Vale of Norwell"
        ends = [at for at, word in enumerate(kept) if at and word.text == "of"]
        kept = kept[: ends[0]] if ends else kept
    end = kept[-1].end
    if fold(kept[-1].text) in ("jr", "sr") and text[end : end + 1] == ".":
        end += 1
    return Name(
        start=kept[0].start,
        end=end,
        words=tuple(word.text for word in kept),
        titles=tuple(word.text for word in titles),
        title_start=titles[0].start if titles else -1,
        honorific=honorific,
        begins=not before and _begins(text, paragraph, kept[0].start),
        possessive=kept[-1].possessive,
        article=article,
    )


def _trimmed(text: str, paragraph: int, run: Sequence[Word]) -> tuple[bool, list[Word]]:
    """A run without the words at its ends that are none of a name's; whether "the" is before."""
    words = list(run)
    before = text[max(0, words[0].start - 4) : words[0].start].casefold()
    article = before in ("the ", "the\u00a0")
    while words and _leads_in(text, paragraph, words[0]):
        article = words[0].text == "The"
        words = words[1:]
    while len(words) > 1 and (
        _is_function_word(words[-1].text) or fold(words[-1].text) in POSTNOMINALS
    ):
        words = words[:-1]
    return article, words


def _leads_in(text: str, paragraph: int, word: Word) -> bool:
    if fold(word.text) in _ALSO_NAMES and not _begins(text, paragraph, word.start):
        before = text[max(paragraph, word.start - 8) : word.start]
        return _MONTH_AFTER.match(text, word.end) is not None or bool(_MONTH_BEFORE.search(before))
    return _is_function_word(word.text)


def _is_function_word(word: str) -> bool:
    """A preposition, a pronoun, a day. "US" is not "us"."""
    return word not in _ACRONYMS and "." not in word and fold(word) in FUNCTION_WORDS


def _dateline(text: str, paragraph: int, words: Sequence[Word]) -> bool:
    """Whether words in capitals begin a report: "PORT SELWICK, May 3 —"."""
    if words[0].start != paragraph or not all(word.text.isupper() for word in words):
        return False
    return _DATELINE.match(text, words[-1].end, words[-1].end + 80) is not None


def _office(words: list[Word], nouns: Nouns) -> tuple[list[Word], list[Word]]:
    """An office with "of" and the name behind it: "Minister of Ports", "Ida Vale".

    The name begins with a first name or an initial, else it is the last two words. An
    office alone is no name.
    """
    at = next(
        (
            i
            for i in range(1, len(words))
            if words[i].text == "of" and nouns.title(words[i - 1].text)
        ),
        None,
    )
    if at is None:
        return [], words
    for cut in range(at + 2, len(words) - 1):
        first = words[cut].text
        if first.casefold() in first_names() or is_initial(first):
            return words[:cut], words[cut:]
    cut = len(words) - 2
    return (words[:cut], words[cut:]) if cut > at + 1 else (words, [])


def _is_title(words: Sequence[Word], nouns: Nouns) -> bool:
    alone = words[0].text
    return len(words) == 1 and (nouns.title(alone) or alone in ("Mr", "Mrs", "Ms", "Dr"))


def _cut(words: Sequence[Word], nouns: Nouns) -> tuple[str | None, int]:
    """The honorific before a name, and where the name begins behind titles."""
    honorific, cut = None, 0
    group = any(nouns.group_name(word.text) for word in words)
    if not group and not nouns.thing_name(words[-1].text):
        # "Republican Ida Vale"; but a name that is one word may be a people's.
        while cut < len(words) - 2 and nouns.people(words[cut].text):
            cut += 1
    for at, word in enumerate(words[:-1]):
        if nouns.honorific(word.text):
            honorific, cut = word.text, at + 1
        elif nouns.title(word.text):
            cut = at + 1
    if not cut and len(words) > 2 and _is_calling(words[0].text, nouns):
        cut = 1  # "Farmer Ida Vale" at the beginning of a sentence
    if cut and words[cut].text in _JOINTS:
        return None, 0  # "General Council of ..."
    return honorific, cut


def _is_calling(word: str, nouns: Nouns) -> bool:
    low = word.casefold()
    return nouns.kind(low) == "person" and low not in first_names()


def _begins(text: str, paragraph: int, start: int) -> bool:
    """Whether a word begins a sentence or a quotation."""
    since = max(paragraph, start - 8)
    before = text[since:start]
    if before[-1:] in ("“", "‘", '"', "'"):
        return True
    if not before.strip(" \"“”'‘’(["):
        return since == paragraph
    if start - paragraph < 80 and _DATED.fullmatch(text, paragraph, start):
        return True
    return _SENTENCE.search(before) is not None and _ABBREVIATED.search(before) is None
