"""What a source's words are: a name, a description or a pronoun, and what is said of it.

A source is a noun phrase. It is parted at commas, conjunctions and prepositions; the last
word of the first part is its head. No parser is needed for that, as the encoder has already
found where the phrase begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.records import Span
from onrecord.resolving.names import POSTNOMINALS, Name, fold
from onrecord.resolving.nouns import Gender, NounKind, Nouns, singulars

Form = Literal["name", "description", "pronoun"]

PERSONAL: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
PLURAL = frozenset("they them their theirs themselves these those both each".split())
NEUTER = frozenset("it its itself".split())
RELATIVE = frozenset("who whom whose which that".split())
FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())
ONE_OF_THEM = "one of them"
NOBODY = frozenset(["this", "one", "another", "you", "there", "nobody", "none"])
"""Pronouns that stand for nobody whom these words tell."""

_PRONOUNS = frozenset(PERSONAL) | PLURAL | NEUTER | RELATIVE | FIRST_PERSON | NOBODY
_SUBJECTS = frozenset("i we they he she it you".split())
_OWNERS = frozenset("his her its their my our your".split())

_ANYBODY = frozenset(["someone", "somebody", "anyone", "anybody"])
_MANY_PEOPLE = frozenset(
    "everyone everybody others other many some most few several rest majority minority "
    "all people".split()
)
_DETERMINERS = (
    frozenset(
        "the a an this that these those some any many most several few no every each all both "
        "either neither another other such what".split()
    )
    | _OWNERS
)
_DEFINITE = frozenset("the this that these those both".split()) | _OWNERS
_ARTICLES = frozenset(["the", "a", "an"])
_QUANTIFIERS = frozenset("many most some several few these those all both".split())
_CONJUNCTIONS = frozenset(["and", "or", "nor", "&", "but"])
_CORRELATIVES = frozenset(["both", "either", "neither"])
_PREPOSITIONS = (
    frozenset(
        "of for at in from on to with by against among around about near where including like "
        "after before during under over inside outside across along between as than into behind "
        "within without until when while".split()
    )
    | RELATIVE
)
_QUANTITIES = frozenset(
    "number majority minority group handful couple pair dozen dozens hundreds thousands scores "
    "series percent % third quarter half one some many most several few all both none each lot "
    "plenty team panel bunch crowd variety neither".split()
)
_SHARES = frozenset(["percent", "%", "majority", "minority", "third", "quarter", "half"])
_SINGLES = frozenset(["one", "each", "none", "neither"])
_AFTERTHOUGHTS = frozenset(
    "all also both himself herself itself themselves alone too then later now".split()
)

_TOKEN = re.compile(r"(?:[^\W\d_]\.)+|\w+(?:['’&/.@‑-](?=\w)\w+)*['’]?|%")
_POSSESSIVE = re.compile(r"['’]s?$")
_BREAK = re.compile(r"[,;:()–—]|^\s*--?\s*$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands"
    r"|\d[\d,.]*)$"
)
_NOT_MANY = re.compile(r"1$|(?:19|20)\d\d$")
"""Numbers that make no plural: 1, and years."""
_OUT_OF = re.compile(r"\b\w+ (?:of|in|out of) (?:every )?\d")
_PARTICIPLE = re.compile(
    r"(?:[a-z]{3,}(?:ed|ing)|led|held|made|run|known|seen|given|taken|born|put)$"
)
_ADJECTIVES = frozenset(
    "accused acting advanced advertising armed banking building evening governing housing "
    "incoming king leading learned meeting morning opposing outgoing polling reigning retired "
    "ruling sitting spring surviving thing training united veteran wedding".split()
)
"""Words in -ed and -ing that stand before a noun."""
_PERSON_ENDING = re.compile(r"(?:[^aeiou]er|[eo]r|ist|[^i]ian|man|woman|[^m]ent|ant|ee|eer)$")
_THINGS = frozenset(
    "answer banner center comment content corner disaster document error event factor folder "
    "further header however letter matter moreover number offer order paper poster power "
    "rather river theater together tower water".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A source's words, or those of one of several who speak jointly."""

    start: int
    end: int
    form: Form
    name: Name | None = None
    head: str = ""
    """The noun that it is about, or the pronoun, in small letters."""
    kind: NounKind | None = None
    modifiers: tuple[str, ...] = ()
    """What stands before the head, in small letters, without determiners."""
    definite: bool = False
    plural: bool = False
    counted: bool = False
    """Whether it is a share of many: "58 percent of residents", "eight of 10 voters"."""
    owner: str | None = None
    """A possessive pronoun before the head: "his lawyer"."""
    role: str | None = None
    """What the source's words say that the one named is."""
    proper: Name | None = None
    """A name before the head: "the Tide campaign"."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    name: Name | None
    gap: str
    """What stands between it and the token before."""

    @property
    def low(self) -> str:
        return _POSSESSIVE.sub("", self.text).casefold()


_Part = list[_Token]


def read_source(text: str, span: Span, names: Sequence[Name], nouns: Nouns) -> tuple[Phrase, ...]:
    """The phrases of a source that is one stretch; more than one where several speak jointly.

    ``names`` are those inside it. Any words but an article alone are some phrase.
    """
    tokens = _tokens(text, span, names)
    if all(token.low in _ARTICLES for token in tokens):
        return ()
    first = tokens[0]
    if first.name is not None and not first.name.sure:
        # In a headline nothing tells where a name ends: "Ida Vale Hammers Port Chief".
        return (_named(first, first, first.name, text),)
    parts = _parts(tokens)
    phrases = [_phrase(text, part, nouns) for part in parts]
    joint = _joint(parts, phrases)
    if phrases[0].kind == "person" and phrases[0].plural and parts[1:] and _apposed(parts[1]):
        joint = _joint(parts[1:], phrases[1:])  # "Her lawyers, Ida Vale and Ben Hale,"
    return joint if len(joint) > 1 else (_single(text, parts, phrases),)


def trim_article(words: str) -> str:
    """Words without an article before them, in one line."""
    return _ARTICLE.sub("", " ".join(words.split()))


def _single(text: str, parts: Sequence[_Part], phrases: Sequence[Phrase]) -> Phrase:
    first = _of_quantity(text, parts, phrases)
    behind = list(zip(parts[1:], phrases[1:], strict=True))
    if first.form == "pronoun" and first.head in (ONE_OF_THEM, "one"):
        # "One of them, a diver,": the apposition says more.
        apposed = (p for part, p in behind if _apposed(part) and p.form == "description")
        return next(apposed, first)
    if first.form == "name":
        return _with_apposition(text, first, parts[1:], phrases[1:])
    if first.form == "pronoun":
        return first
    if behind and first.kind == "person" and parts[0][0].low not in _DETERMINERS:
        name = phrases[1].name
        if parts[1][0].low == "and" and name is not None and phrases[1].role and not first.plural:
            # "author and diver Ida Vale"
            return replace(phrases[1], start=first.start, role=_role(text, first.start, name.start))
    for part, phrase in behind:
        # "A lawyer for the papers, Ida Vale,": the name follows in apposition.
        person = first.kind in ("person", None) and not first.plural
        if phrase.form == "name" and _apposed(part) and (person or len(part) == 1):
            role = phrase.role or _role(text, first.start, part[0].start)
            return replace(phrase, role=role)
    return replace(first, end=max(first.end, _end(parts)))


def _apposed(part: _Part) -> bool:
    """Whether a part stands behind a comma or dash, and is not "including Ida Vale"."""
    example = part[0].name is None and part[0].low in _PREPOSITIONS
    return part[0].gap.strip() in (",", "–", "—", ":") and not example


def _end(parts: Sequence[_Part]) -> int:
    """The end of a description: over "and", "of" and "who", not over a comma."""
    end = parts[0][-1].end
    for part in parts[1:]:
        if _BREAK.search(part[0].gap):
            break
        end = part[-1].end
    return end


def _of_quantity(text: str, parts: Sequence[_Part], phrases: Sequence[Phrase]) -> Phrase:
    """The first phrase; of "a number of experts" and "one of the experts" with their head."""
    first = phrases[0]
    if len(parts) < 2:
        return first
    amount, second = parts[0][-1].low, phrases[1]
    more = len(parts) > 2 and parts[1][0].low == "or" and parts[2][0].low != "or"
    if amount == "one" and more:  # "one or more of"
        rest = _of_quantity(text, [parts[0], *parts[2:]], [first, *phrases[2:]])
        return replace(rest, plural=True)
    number = amount == "one" or _NUMBER.match(amount) is not None
    if number and parts[1][0].low in ("in", "out") and _NUMBER.match(parts[1][-1].low):
        return replace(second, start=first.start, counted=True, plural=True, kind="person")
    if (
        number
        and parts[1][0].low == "in"
        and _NUMBER.match(parts[1][1].low if parts[1][1:] else "")
    ):
        return replace(second, start=first.start, counted=True, plural=True, kind="person")
    quantity = number or amount in _QUANTITIES or amount in _DETERMINERS
    if first.form == "name" or parts[1][0].low != "of" or not quantity:
        return first
    if second.form == "pronoun":
        them = amount == "one" and second.head in ("them", "these", "those")
        return replace(second, start=first.start, head=ONE_OF_THEM if them else second.head)
    counted = amount in _SHARES or _OUT_OF.search(text, first.start, second.end) is not None
    if second.form == "name" and not counted:
        return first
    return replace(
        second,
        start=first.start,
        form="description",
        name=None,
        plural=amount not in _SINGLES,
        definite=False,
        owner=None,
        counted=counted,
        kind=second.kind or "person",
    )


def _joint(parts: Sequence[_Part], phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Those who speak jointly, where the first of them has a name: "Vale and Mr. Bell"."""
    if phrases[0].form != "name":
        return ()
    out = [phrases[0]]
    listed: list[Phrase] = []
    apposed = False
    for part, phrase in zip(parts[1:], phrases[1:], strict=True):
        conjoined = part[0].name is None and part[0].low in _CONJUNCTIONS
        comma = "," in part[0].gap
        if conjoined and apposed and not comma:
            continue  # "Vale, founder and head of ...": more of the apposition
        if conjoined and _can_join(part, phrase):
            out += [*listed, phrase]
            listed = []
        elif comma and part[0].name is not None and phrase.form == "name":
            listed.append(phrase)
        elif any(token.name is None for token in part) and "(" not in part[0].gap:
            apposed = True
    return tuple(out)


def _can_join(part: _Part, phrase: Phrase) -> bool:
    others = phrase.modifiers[:1] == ("other",) or (
        len(part) > 1 and part[1].low in ("other", "others")
    )
    group = phrase.kind == "group" and phrase.proper is not None
    return phrase.form == "name" or (phrase.form == "description" and (others or group))


def _with_apposition(
    text: str, phrase: Phrase, parts: Sequence[_Part], phrases: Sequence[Phrase]
) -> Phrase:
    """A name with what stands behind it in apposition as its role."""
    if parts and len(parts[0]) == 1 and parts[0][0].text.isdigit():  # an age
        parts, phrases = parts[1:], phrases[1:]
    if not parts or not re.match(r"\s*\)?,", parts[0][0].gap) or parts[0][0].low in RELATIVE:
        return phrase
    if phrases[0].form != "description" or phrases[0].kind not in ("person", "group", None):
        return phrase
    end = parts[0][-1].end
    for part in parts[1:]:
        if _BREAK.search(part[0].gap) or part[0].low in RELATIVE:
            break
        end = part[-1].end
    return replace(phrase, role=_role(text, parts[0][0].start, end))


# Parts


def _tokens(text: str, span: Span, names: Sequence[Name]) -> list[_Token]:
    """The words of a stretch; a name is one. Offices before a name are the name's."""
    found: list[_Token] = []
    at, last = 0, span[0]
    for match in _TOKEN.finditer(text, *span):
        start = match.start()
        if start < last:
            continue
        while at < len(names) and names[at].end <= start:
            at += 1
        name = names[at] if at < len(names) else None
        if name is not None and 0 <= name.title_start <= start < name.start:
            continue
        if name is not None and name.start <= start:
            begin = name.title_start if name.titles else name.start
            gap = text[last : max(last, begin)]
            found.append(_Token(name.start, name.end, text[name.start : name.end], name, gap))
            last = name.end + 2 * text.startswith(("'s", "’s"), name.end)
            continue
        found.append(_Token(start, match.end(), match[0], None, text[last:start]))
        last = match.end()
    return found


def _parts(tokens: Sequence[_Token]) -> list[_Part]:
    """Tokens parted at commas, brackets, dashes, conjunctions, prepositions, participles."""
    parts: list[_Part] = [[tokens[0]]]
    for token in tokens[1:]:
        part = parts[-1]
        cut = _BREAK.search(token.gap) is not None
        if token.name is None:
            small = token.low in _PREPOSITIONS or token.low in _CONJUNCTIONS
            of_whom = len(part) == 1 and part[0].low == "of" and token.low in RELATIVE
            cut = cut or (small and not of_whom) or _is_participle(token, part)
        if cut:
            parts.append([token])
        else:
            part.append(token)
    return parts


def _is_participle(token: _Token, part: _Part) -> bool:
    """Whether a word begins "released last week" behind a noun."""
    low, before = token.low, part[-1].low
    if not token.text.islower() or low in _ADJECTIVES or not _PARTICIPLE.match(low):
        return False
    noun_before = before not in _DETERMINERS and not before.endswith("ly")
    return noun_before and not _NUMBER.match(before)


# One part


def _phrase(text: str, part: _Part, nouns: Nouns) -> Phrase:
    tokens = list(part)
    while len(tokens) > 1 and tokens[0].name is None and _leads_in(tokens[0].low, tokens[1:]):
        tokens = tokens[1:]
    first = tokens[0]
    if [token.low for token in tokens] == ["no", "one"]:
        return Phrase(start=first.start, end=tokens[-1].end, form="pronoun", head="nobody")
    single = len(tokens) == 1 or first.low in RELATIVE | _SUBJECTS
    if first.name is None and first.low in _PRONOUNS and single:
        plural = first.low in PLURAL
        end = tokens[-1].end
        return Phrase(start=first.start, end=end, form="pronoun", head=first.low, plural=plural)
    while len(tokens) > 1 and _trails(tokens[-1], tokens[-2]):
        tokens = tokens[:-1]
    name = tokens[-1].name
    if name is not None:
        return _named(first, tokens[-1], name, text)
    return _described(tokens, nouns)


def _leads_in(low: str, following: _Part) -> bool:
    if low in _CORRELATIVES:  # "neither he nor Mayor Vale"
        return following[0].low in _SUBJECTS or (
            following[0].name is not None and not following[1:]
        )
    return low in _CONJUNCTIONS or (low in _PREPOSITIONS and low not in RELATIVE)


def _trails(token: _Token, before: _Token) -> bool:
    if token.name is not None:
        return False
    follows = before.name is not None or fold(before.text) in POSTNOMINALS
    postnominal = follows and fold(token.text) in POSTNOMINALS
    return postnominal or token.low in _AFTERTHOUGHTS


def _named(first: _Token, last: _Token, name: Name, text: str) -> Phrase:
    begin = min(first.start, name.title_start if name.titles else name.start)
    return Phrase(
        start=first.start,
        end=last.end,
        form="name",
        name=name,
        head=last.low,
        role=_role(text, begin, name.start) if name.sure else None,
    )


def _described(tokens: Sequence[_Token], nouns: Nouns) -> Phrase:
    first, last = tokens[0], tokens[-1]
    low = last.low
    before = tokens[:-1]
    proper = next((token.name for token in before if token.name is not None), None)
    kind = _kind(low, before[-1].low if before else "", nouns)
    plural = _is_plural(low, tokens)
    if kind is None and (low in _ANYBODY or low in _MANY_PEOPLE):
        kind, plural = "person", low in _MANY_PEOPLE
    elif kind is None and first.low == "those":
        kind, plural = "person", True
    elif kind is None and (plural or nouns.people(last.text) or sounds_human(low)):
        kind = "person"
    return Phrase(
        start=first.start,
        end=last.end,
        form="description",
        head=low,
        kind=kind,
        modifiers=tuple(token.low for token in before if token.low not in _DETERMINERS),
        definite=first.low in _DEFINITE or (proper is not None and proper.possessive),
        plural=plural,
        owner=next((token.low for token in before if token.low in _OWNERS), None),
        proper=proper,
    )


def _kind(low: str, before: str, nouns: Nouns) -> NounKind | None:
    if low == "%":
        return "poll"
    compound = nouns.kind(f"{before} {low}") if before else None
    return compound or nouns.kind(low) or nouns.kind(low.rsplit("-", 1)[-1])


def sounds_human(low: str) -> bool:
    """Whether a noun that no list holds ends as those for people do: "diver", "cellist"."""
    return _PERSON_ENDING.search(low) is not None and low not in _THINGS


def _is_plural(low: str, tokens: Sequence[_Token]) -> bool:
    if any(_NUMBER.match(token.low) and not _NOT_MANY.match(token.low) for token in tokens[:-1]):
        return True
    if tokens[0].low in _QUANTIFIERS:
        return low.endswith(("s", "men")) or low in ("people", "children")
    return len(list(singulars(low))) > 1 and not low.endswith(("us", "is"))


def _role(text: str, start: int, end: int) -> str | None:
    words = trim_article(text[start:end].strip(" ,;:–—(\n"))
    return None if words.casefold() in _DETERMINERS else words or None
