"""Somebody or something that sources can stand for, as it becomes known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.records import Span, SpeakerKind
from onrecord.resolving.nouns import Gender


@dataclass(slots=True, eq=False)
class Entity:
    """A speaker to be. It is one object however many mentions lead to it."""

    kind: SpeakerKind
    named: bool
    gender: Gender | None = None
    """What an honorific, a title or a noun tells."""
    likely_gender: Gender | None = None
    """What the first name tells, which can be wrong."""
    plural: bool = False
    head: str | None = None
    """The noun of one that has no name."""
    members: tuple[Entity, ...] = ()
    """Those who speak jointly."""
    forms: Counter[str] = field(default_factory=Counter)
    """The wordings of its name, with how often each occurs."""
    mentions: set[Span] = field(default_factory=set)
    roles: dict[str, None] = field(default_factory=dict)
    """What the page says that it is, in order."""

    placed: int = 0
    """How often its name stands behind "in" and the like, less how often it does not."""

    @property
    def name(self) -> str:
        """The fullest wording; of two spellings of one, that which is not in capitals."""
        if self.members:
            return "; ".join(member.name for member in self.members)
        return max(self.forms, key=self._fullness)

    def _fullness(self, form: str) -> tuple[int, int, bool, int]:
        return len(form.split()), len(form), not form.isupper(), self.forms[form]


def is_several(entity: Entity) -> bool:
    """Whether "they" can stand for it."""
    group = entity.kind == "group" and entity.placed <= 0
    return entity.plural or bool(entity.members) or group


def is_neuter(entity: Entity) -> bool:
    """Whether "it" can stand for it."""
    single = not entity.plural and not entity.members and entity.placed <= 0
    return single and entity.kind in ("group", "document", "poll")


def is_person(entity: Entity, gender: Gender | None) -> bool:
    """Whether it is one person who can be of a gender."""
    single = entity.kind == "person" and not entity.plural and not entity.members
    return single and (gender is None or entity.gender in (None, gender))
