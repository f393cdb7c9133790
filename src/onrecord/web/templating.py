"""The app's templates, which share the report's components."""

from __future__ import annotations

from functools import cache
from typing import get_args

from jinja2 import ChoiceLoader, Environment, PackageLoader
from litestar.plugins.jinja import JinjaTemplateEngine

from onrecord.records import CueClass
from onrecord.report.html.file import environment as report_environment
from onrecord.report.labels import KINDS, SOURCES
from onrecord.report.layout import counted
from onrecord.report.printable import printable
from onrecord.web.asking import fields_of, query


@cache
def environment() -> Environment:
    """The templates of app and report. All that they are given is escaped."""
    shared = report_environment()
    made = shared.overlay(
        loader=ChoiceLoader([PackageLoader("onrecord.web"), shared.loader or PackageLoader("")])
    )
    made.globals = dict(shared.globals)
    made.globals.update(
        counted=counted,
        query=query,
        fields_of=fields_of,
        source_types=SOURCES,
        kinds=KINDS,
        cue_classes=[(name, name) for name in get_args(CueClass)],
    )
    made.filters["printable"] = printable
    return made


def engine() -> JinjaTemplateEngine:
    """The templates for Litestar."""
    return JinjaTemplateEngine.from_environment(environment())
