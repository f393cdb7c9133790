"""The pages of the app."""

from onrecord.web.views.audit import audit_page, audit_sheet, outlet_page, outlets_page
from onrecord.web.views.comments import comments_page
from onrecord.web.views.comparing import compare_page, compare_sheet
from onrecord.web.views.correcting import (
    add_missing,
    change_correction,
    correct,
    correct_page,
    corrections_page,
    missing_page,
)
from onrecord.web.views.page import page_page
from onrecord.web.views.reading import begin_reading, cancel_reading, read_page, reading_page
from onrecord.web.views.search import search_page, search_sheet
from onrecord.web.views.signing_in import sign_in, sign_in_page
from onrecord.web.views.speakers import speaker_page, speakers_page

VIEWS = [
    add_missing,
    audit_page,
    audit_sheet,
    begin_reading,
    cancel_reading,
    change_correction,
    comments_page,
    compare_page,
    compare_sheet,
    correct,
    correct_page,
    corrections_page,
    missing_page,
    outlet_page,
    outlets_page,
    page_page,
    read_page,
    reading_page,
    search_page,
    search_sheet,
    sign_in,
    sign_in_page,
    speaker_page,
    speakers_page,
]

__all__ = ["VIEWS"]
