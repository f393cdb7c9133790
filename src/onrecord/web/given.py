"""What a view's handler can take, by these names and types.

``asked: Asked``, ``answers: TheAnswers``, ``readings: TheReadings``, ``settings: TheSettings``.
"""

from __future__ import annotations

from typing import TypeAlias

from litestar.di import NamedDependency

from onrecord.store import Filter
from onrecord.web.answers import Answers
from onrecord.web.readings import Readings
from onrecord.web.settings import Settings

Asked: TypeAlias = NamedDependency[Filter]
"""The filter of the query."""
TheAnswers: TypeAlias = NamedDependency[Answers]
TheReadings: TypeAlias = NamedDependency[Readings]
TheSettings: TypeAlias = NamedDependency[Settings]
