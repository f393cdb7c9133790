"""The pages of the app."""

from onrecord.web.views.comments import comments_page
from onrecord.web.views.page import page_page
from onrecord.web.views.search import search_page, search_sheet
from onrecord.web.views.signing_in import sign_in, sign_in_page
from onrecord.web.views.speakers import speaker_page, speakers_page

VIEWS = [
    comments_page,
    page_page,
    search_page,
    search_sheet,
    sign_in,
    sign_in_page,
    speaker_page,
    speakers_page,
]

__all__ = ["VIEWS"]
