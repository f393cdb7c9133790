"""First names, and whether men or women have them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from onrecord.resolving.nouns import Gender

FILE = "first_names.txt"


@cache
def first_names() -> Mapping[str, Gender | Literal["either"]]:
    """Whose each first name is, by the name in small letters."""
    found: dict[str, Gender | Literal["either"]] = {}
    whose: Gender | Literal["either"] = "either"
    for line in (files("onrecord.resolving") / FILE).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            whose = "m" if section == "m" else "f" if section == "f" else "either"
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), whose))
    return found


def gender_of(first_name: str) -> Gender | None:
    """The gender that a first name tells, if it tells one."""
    whose = first_names().get(first_name.casefold())
    return None if whose == "either" else whose
