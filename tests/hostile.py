"""Pages that hold a hostile text in each place that is shown, for tests of what shows them.

`html_page` is a page to be read, which strips some of it; `record` is a page's record, with the
text in every field.
"""

from __future__ import annotations

import hashlib
import html

import msgspec

from onrecord.records import Page, Warning
from writer import Writer


def html_page(text: str) -> bytes:
    """A page of an article and comments, with a payload as markup and as words in each place."""
    words = html.escape(text)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{words}</title><meta name="author" content="{words}">
<meta property="og:site_name" content="{words}"><meta property="og:title" content="{words}">
<meta property="article:published_time" content="{words}">
<link rel="canonical" href="{words}">{text}</head>
<body><article><h1>{words} Rain Comes To The Harbour</h1><p class="byline">By {words}</p>
<p>Anna Bell said it rained {words} all of the day and the whole night.</p>
<p>Orla Quist said {text} the harbour was closed to ships until the morning tide.</p>
<p>“{words}” Pia Lund said it snowed. {words} said the mole was dry.</p></article>
<section id="comments"><h2>Comments</h2>
<div class="comment" id="comment-1"><span class="comment-author">{words}</span>
<time class="comment-date" datetime="{words}">{words}</time>
<div class="comment-body"><p>Osric Marrow said {words} it did not rain.</p></div></div>
<div class="comment" id="comment-2"><span class="comment-author">rower</span>
<time class="comment-date" datetime="2026-03-03T10:15:00Z">3 March 2026</time>
<div class="comment-body"><p>It did {text}</p></div></div></section>
</body></html>""".encode("utf-8", "replace")


def record(text: str) -> Page:
    """A page's record with a payload in each place that holds a stranger's words."""
    said, source, cue = f"“it {text} rained”", f"Anna {text} Bell", f"said {text} aloud"
    made = (
        Writer()
        .speaker(f"{text} Anna", f"minister {text}", listed={f"party {text}": text})
        .speaker(f"{text} Zoe", text, kind="group", named=False, listed={text: f"x {text}"})
        .paragraph(f"{text} headline")
        .paragraph(f"{source} {cue} {said}.")
        .attribution(
            *(source, cue, said),
            kind="direct",
            speaker=1,
            source_type="named_person",
            cue_class="neutral",
        )
        .paragraph(f"They claimed it {text} snowed.")
        .attribution(
            *("They", "claimed", f"it {text} snowed"), speaker=2, source_type="unnamed_group"
        )
        .paragraph(f"it {text} hailed")
        .attribution("", "", f"it {text} hailed", source_type="unattributed")
        .comment(f"{text} is said", author=text, posted_text=text)
        .comment(f"x {text} y", 0, author=f"Orla {text}", posted=text)
        .comment(f"They say {text} z", 1, author=None)
        .attribution("They", "say", f"{text} z", comment=2, speaker=2, source_type="unnamed_group")
    )
    speakers = [msgspec.structs.replace(one, aliases=(text,)) for one in made.speakers]
    return made.page(
        id=hashlib.sha256(text.encode()).hexdigest(),
        headline=f"{text} headline",
        site=text,
        byline=(text, f"Gil {text}"),
        published=text,
        fetched=text,
        url=text,
        language=text,
        speakers=tuple(speakers),
        warnings=(Warning(code=text, message=text),),
    )


def wordless(text: str) -> str:
    """The text without white space, which a reader of HTML may change."""
    return "".join(text.split())
