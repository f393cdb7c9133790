"""Which repeated blocks of a page are its comments.

Elements that share a name (a class, an id but for its number, a type) are a candidate. A
block counts where it has text, and an author or a time, of its own, not inside of a block
that is nested in it. The candidate wins whose blocks count most; something must say that
they are comments, since lists of articles have authors and times too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from statistics import median

from onrecord.reading.thread import hints
from onrecord.reading.thread.outline import Outline, is_named

AROUND = 5
"""Ancestors that may say what a block is."""

RISE = 12
"""Levels that a block may be widened to what is around it alone."""

MOMENTS = 8
"""Times that a comment has at the most: with more it is several."""

WHOLE = 3
"""What a block is worth that has text, an author and a time of its own."""

FEW = 4
"""With fewer blocks one that lacks something says nothing of the others."""

HEADS = 1.5
"""How much more text there must be with what stands behind elements for these to be heads."""

TIMED = 1 / 3
"""Share of blocks with a time from which each must have one."""

LIKELY = 0.8
"""A block that is less likely than this share of what is usual among them is another thing."""

LOOKED_AT = 24
"""Candidates of the highest scores that are looked at more closely."""

LOOKED_INTO = 60
"""Elements of a block that tell how it is made."""

NOTE = 24
"""Elements at the start of a block among which the note that it was removed stands."""

CERTAIN = 1.0
"""What a block must count for on average."""

ALIKE = 0.65
"""Share of the usual names from which blocks are made one way: of two ways each has half."""


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A stretch of the outline that may be one comment, the replies nested in it included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    blocks: tuple[Block, ...]


def find_blocks(outline: Outline) -> list[Block]:
    """The blocks that are comments, in order; none where nothing says that there are any."""
    siblings: dict[int, dict[int, int]] = {}
    several = {
        blocks
        for positions in _named_alike(outline)
        for blocks in _variants(outline, positions, siblings)
    }
    candidates = [
        _Candidate(score, blocks)
        for blocks in several
        if (score := _score(outline, blocks)) >= CERTAIN * len(blocks)
    ]
    if not candidates:
        return []
    # Of equal ones the outermost: it holds the replies, and every part of the comment.
    candidates.sort(key=_rank)
    looked_at = candidates[:LOOKED_AT]
    alike = (one for one in looked_at if _alike(outline, one.blocks) >= ALIKE)
    best = list(next(alike, candidates[0]).blocks)
    for other in looked_at:
        best = _merged(outline, best, other.blocks)
    return _ordered(_with_removed(outline, best, several))


def _rank(one: _Candidate) -> tuple[float, int, int, tuple[Block, ...]]:
    longest = -sum(block.end - block.start for block in one.blocks)
    return -one.score, one.blocks[0].start, longest, one.blocks


def _ordered(blocks: Iterable[Block]) -> list[Block]:
    """Blocks in the order of the page; of several that begin at one place the longest."""
    longest: dict[int, int] = {}
    for block in blocks:
        longest[block.start] = max(block.end, longest.get(block.start, 0))
    return [Block(start, longest[start]) for start in sorted(longest)]


def _named_alike(outline: Outline) -> Iterator[list[int]]:
    """The positions of elements that share a name, or that are nameless in a like place."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(outline.names):
        if outline.silent[at]:
            continue
        for name in names:
            by_name[name].append(at)
        if not names:
            by_name[_place(outline, at)].append(at)
    for name, positions in by_name.items():
        if len(positions) > 1 or _is_surely_one(name):
            yield positions


def _place(outline: Outline, at: int) -> str:
    """Where a nameless element stands: its tag and those around it up to one with a name."""
    place = [str(outline.elements[at].tag)]
    for above in islice(outline.around(at), AROUND):
        if outline.names[above]:
            return " in ".join([*place, min(outline.names[above])])
        place.append(str(outline.elements[above].tag))
    return " in ".join([*place, str(outline.above[at])])


_ONE = frozenset({"comment", "usercomments", "kommentar", "commentaire"})


def _is_surely_one(name: str) -> bool:
    """Whether a single element can be a comment: it is called so, with a number if by its id."""
    numbered = name[0] != "#" or "#" in name[1:]
    return numbered and not hints.words(name[1:]).isdisjoint(_ONE)


def _variants(
    outline: Outline, positions: list[int], siblings: dict[int, dict[int, int]]
) -> Iterator[tuple[Block, ...]]:
    """Elements that share a name as blocks; widened; with what stands behind each."""
    plain = tuple(Block(at, outline.end[at]) for at in positions)
    yield plain
    if len(plain) < 2 or any(a.end > b.start for a, b in pairwise(plain)):
        return
    raised = _raised(outline, positions)
    if raised != positions:
        yield tuple(Block(at, outline.end[at]) for at in raised)
    above = outline.above[raised[0]]
    if all(outline.above[at] == above for at in raised):
        if above not in siblings:
            siblings[above] = {at: number for number, at in enumerate(outline.kids(above))}
        parted = _parted(outline, raised, siblings[above])
        # Only where the elements are but the heads: else it is advertisements that stand behind.
        if _shown(outline, parted) >= HEADS * sum(outline.amount(at) for at in raised):
            yield parted


def _shown(outline: Outline, blocks: Iterable[Block]) -> int:
    return sum(outline.shown[block.end] - outline.shown[block.start] for block in blocks)


def _raised(outline: Outline, positions: list[int]) -> list[int]:
    """The highest ancestors, all the same number of levels up, that hold one position each."""
    for _ in range(RISE):
        higher = [outline.above[at] for at in positions]
        if min(higher) < 0 or any(outline.end[a] > b for a, b in pairwise(higher)):
            break
        positions = higher
    return positions


def _parted(outline: Outline, positions: list[int], siblings: dict[int, int]) -> tuple[Block, ...]:
    """Each position with the siblings behind it, as in a list of terms and definitions."""
    longest = max(siblings[b] - siblings[a] for a, b in pairwise(positions))
    last, end = positions[-1], outline.end[outline.above[positions[-1]]]
    behind = last
    for _ in range(longest):
        behind = outline.end[behind]
        if behind >= end:
            break
    return tuple(Block(a, b) for a, b in pairwise([*positions, behind]))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a block has of its own."""

    shown: int
    moments: int
    authors: int
    controls: int
    named: int

    @property
    def worth(self) -> int:
        if (
            self.shown < 1
            or self.moments > MOMENTS
            or not (self.moments or self.authors or self.controls)
        ):
            return 0
        return 1 + bool(self.moments) + bool(self.authors)


def _own(outline: Outline, blocks: Iterable[Block]) -> list[tuple[Block, _Counted]]:
    """Blocks in order with what each has outside of those nested in it."""
    ordered = _ordered(blocks)
    sums = (outline.shown, outline.moments, outline.authors, outline.controls, outline.named)
    own = [[total[b.end] - total[b.start] for total in sums] for b in ordered]
    whole = [list(counts) for counts in own]
    around: list[int] = []
    for number, block in enumerate(ordered):
        while around and ordered[around[-1]].end <= block.start:
            around.pop()
        if around:
            own[around[-1]] = [a - b for a, b in zip(own[around[-1]], whole[number], strict=True)]
        around.append(number)
    return [(b, _Counted(*counts)) for b, counts in zip(ordered, own, strict=True)]


def _score(outline: Outline, blocks: Sequence[Block]) -> float:
    counted = _own(outline, blocks)
    # Where many have a time, one that has none is a form to write a comment, a heading, or
    # the text of a comment whose head is another block.
    timed = len(counted) >= FEW and (
        sum(own.moments > 0 for _, own in counted) >= TIMED * len(counted)
    )
    counting = [
        (own.worth, _likely(outline, block, own))
        for block, own in counted
        if own.worth and (own.moments or not timed)
    ]
    if not counting:
        return 0
    usual = median(likely for _, likely in counting)
    worths = [worth * likely for worth, likely in counting if likely >= LIKELY * usual]
    return sum(worths) * len(worths) / len(blocks)


def _alike(outline: Outline, blocks: Sequence[Block]) -> float:
    """How much blocks are made alike: the share of the usual names that one has in it.

    A forum's post may have two parts, who wrote it and what. Each has a name, a time and a
    text; but half of them are made one way, and half another.
    """
    inside = _inside(outline, blocks)
    return _share(inside, _usual(inside))


def _inside(outline: Outline, blocks: Sequence[Block]) -> list[frozenset[str]]:
    """The names in each block; what lies behind the first nested block is left to that."""
    found = []
    ordered = _ordered(blocks)
    for block, after in zip_longest(ordered, ordered[1:]):
        end = min(block.end, after.start if after else block.end, block.start + LOOKED_INTO)
        found.append(frozenset().union(*outline.names[block.start + 1 : end]))
    return found


def _usual(inside: Sequence[frozenset[str]]) -> set[str]:
    counts = Counter(name for names in inside for name in names)
    return {name for name, count in counts.items() if 2 * count >= len(inside)}


def _share(inside: Sequence[frozenset[str]], usual: set[str]) -> float:
    if not usual:
        return 1.0
    return sum(len(names & usual) for names in inside) / len(usual) / len(inside)


def _likely(outline: Outline, block: Block, own: _Counted) -> float:
    """How surely a block is a comment: by names of it, around it and in it, by reply links."""
    near = [block.start, *islice(outline.around(block.start), AROUND)]
    # The page's own element says what kind of page it is, not what is in it.
    near = [at for at in near if outline.elements[at].tag not in ("body", "html")]
    likely = 2.0 if any(is_named(outline, at) for at in near) else 1.0 * (own.named > 0)
    likely += own.controls > 0
    if not own.controls and any(outline.words[at] & hints.WIDGETS for at in near[:4]):
        likely *= 0.2
    return likely


def _merged(outline: Outline, best: list[Block], others: Sequence[Block]) -> list[Block]:
    """The winner's blocks with others that stand among them and have all that a comment has.

    Replies often have names of their own. What is much smaller is a part of a comment.
    """
    taken = set(best)
    first, last = best[0].start, max(block.end for block in best)
    least = median(block.end - block.start for block in best) / 2
    among = [
        block
        for block in others
        if block not in taken
        and first < block.start
        and block.end <= last
        and block.end - block.start >= least
    ]
    if not among:
        return best
    union = best + among
    before = sum(own.worth == WHOLE for _, own in _own(outline, best))
    whole = sum(own.worth == WHOLE for _, own in _own(outline, union))
    usual = _usual(_inside(outline, best))
    if whole < before + len(among) or _share(_inside(outline, among), usual) < ALIKE:
        return best
    return union


def _with_removed(
    outline: Outline, best: list[Block], several: Iterable[tuple[Block, ...]]
) -> list[Block]:
    """The blocks with those that hold a note in place of a comment: they have no fields."""
    taken = set(best)
    first, last = best[0].start, max(block.end for block in best)
    removed: set[Block] = set()
    for blocks in several:
        if len(taken) < len(blocks) <= 2 * len(taken) and taken.issubset(blocks):
            others = set(blocks) - taken
            if all(first <= block.start <= last for block in others) and all(
                _is_removed(outline, block, own)
                for block, own in _own(outline, blocks)
                if block in others
            ):
                removed |= others
    return best + _outermost(removed)


def _is_removed(outline: Outline, block: Block, own: _Counted) -> bool:
    if own.shown > hints.REMOVED_LENGTH:
        return False
    end = min(block.end, block.start + NOTE)
    texts = ((outline.elements[at].text or "") for at in range(block.start, end))
    return any(hints.REMOVED.fullmatch(text.strip()) for text in texts)


def _outermost(blocks: Iterable[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in _ordered(blocks):
        if not kept or block.start >= kept[-1].end:
            kept.append(block)
    return kept
