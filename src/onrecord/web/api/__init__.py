"""The JSON API: a file a subject, its handlers in `API`. `document` describes all of it."""

from onrecord.web.api.comments import list_replies, list_threads
from onrecord.web.api.corpus import get_overview, list_failures
from onrecord.web.api.corrections import correct, get_answer, list_corrections, redo, undo
from onrecord.web.api.document import document
from onrecord.web.api.pages import export, get_page, get_threads, list_pages, search
from onrecord.web.api.readings import (
    begin_reading,
    cancel_reading,
    get_reading,
    get_reading_page,
    list_readings,
)
from onrecord.web.api.speakers import get_speaker, list_speakers
from onrecord.web.api.stats import get_stats, list_outlets

API = [
    begin_reading,
    cancel_reading,
    correct,
    export,
    get_answer,
    get_overview,
    get_page,
    get_reading,
    get_reading_page,
    get_speaker,
    get_stats,
    get_threads,
    list_corrections,
    list_failures,
    list_outlets,
    list_pages,
    list_readings,
    list_replies,
    list_speakers,
    list_threads,
    redo,
    search,
    undo,
]

__all__ = ["API", "document"]
