"""Bytes to characters, and HTML told apart from text."""

from __future__ import annotations

import codecs
import re

import puremagic

from onrecord.errors import BinaryInputError, EmptyInputError, EncodingError
from onrecord.reading.encodings import declared_within, likely, named, utf16_without_mark
from onrecord.records import PageKind, Warning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD = 4096
"""Bytes, or characters, that are looked at to tell what an input is."""

_HTML = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|article|main)[\s>])", re.I)
_ELEMENT = re.compile(r"\s*<([a-z][a-z0-9]*)[\s>].*</\1\s*>", re.I | re.S)

_GIVE = "Give HTML or plain text; save the page from a browser"

_FORMATS = {
    b"%PDF-": f"a PDF (Portable Document Format). {_GIVE}",
    b"{\\rtf": f"an RTF document. {_GIVE}",
    b"MIME-Version:": f"a web archive (MHTML). {_GIVE} as HTML",
    b"From: <Saved by": f"a web archive (MHTML). {_GIVE} as HTML",
    b"PK\3\4": "a ZIP archive or an Office document. Give the pages in it, or save it as text",
    b"\x28\xb5\x2f\xfd": "Zstandard-compressed data. Unpack them with: unzstd",
}
"""What puremagic does not see or cannot tell apart, by its first bytes."""

GOOD = 20
"""Characters beyond ASCII for each damaged one that make a declared or marked encoding right."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_SHIFTS = re.compile(rb"\x1b[$(]")
"""How ISO 2022 goes over to other letters: it is ASCII alone, and so no worse UTF-8."""


def decode(data: bytes, name: str, charset: str | None = None) -> tuple[str, tuple[Warning, ...]]:
    """The characters of an input, without its byte-order mark.

    A byte-order mark counts first, then bytes that can hardly be anything but UTF-16 or
    UTF-8, then ``charset``, which is what HTTP declared, then what the page itself
    declares, as in browsers (WHATWG HTML, 13.2.3.2), then a guess, which is a warning; so
    are bytes that could not be decoded. Browsers obey a declaration even where the bytes
    are UTF-8, but text beyond ASCII is valid UTF-8 by chance hardly ever, and servers
    declare a default for all of their pages. Raises `EmptyInputError`, `BinaryInputError`
    or `EncodingError`.
    """
    if not data.strip():
        raise EmptyInputError(name, "the input is empty. Save the page again.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_marked(data[len(bom) :], encoding, name), name)
    # What HTTP, or JSON, says to be UTF-8 may hold NULs and is no UTF-16 for that.
    wide = utf16_without_mark(data) if not charset or named(charset) != "utf-8" else None
    found = _mended(data, wide) if wide else None
    if found:
        return _checked(found, name)
    what = _what(data)
    if what:
        raise BinaryInputError(name, f"this is no page but {what}.")
    return _checked(_decoded(data, name, charset), name)


def kind_of(text: str) -> PageKind:
    """HTML if it has a page's elements near its start, or is one element whole."""
    head = text[:HEAD]
    if _HTML.search(head) or _ELEMENT.match(text[: 16 * HEAD]):
        return "html"
    return "text"


_Decoded = tuple[str, tuple[Warning, ...]]


def _decoded(data: bytes, name: str, charset: str | None) -> _Decoded:
    declared = [charset and named(charset), declared_within(data)]
    encodings = [encoding for encoding in declared if encoding]
    if _SHIFTS.search(data):
        encodings.sort(key=lambda encoding: not encoding.startswith("iso2022"))
        if encodings and encodings[0].startswith("iso2022"):
            found = _mended(data, encodings[0])
            if found:
                return found
    found = _mended(data, "utf-8", good=2)
    if found:
        return found
    for encoding in encodings:
        found = _mended(data, encoding)  # A wrong declaration is common; the bytes decide.
        if found:
            return found
    guess = likely(data)
    found = _mended(data, guess) if guess else None
    if found is None:
        raise EncodingError(
            name, "the bytes decode in no encoding that was tried. Save the page as UTF-8."
        )
    message = f"the bytes are not UTF-8 and were read as {guess}"
    return found[0], (Warning(code="encoding-guessed", message=message), *found[1])


def _mended(data: bytes, encoding: str, good: int = GOOD) -> _Decoded | None:
    """The text with U+FFFD for damaged bytes, or ``None`` where too much is damaged."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    damaged = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if damaged * good > beyond - damaged:
        return None
    message = f"{damaged} stretches of bytes are no {encoding} and were replaced by U+FFFD"
    return text, (Warning(code="bytes-replaced", message=message),)


def _marked(data: bytes, encoding: str, name: str) -> _Decoded:
    """Text in an encoding that is not in doubt."""
    found = _mended(data, encoding)
    if found is None:
        message = f"not all bytes are {encoding}, as the first ones say. Save the page as UTF-8."
        raise EncodingError(name, message)
    return found


def _checked(decoded: _Decoded, name: str) -> _Decoded:
    if not decoded[0].strip():
        raise EmptyInputError(name, "the input holds only white space. Save the page again.")
    return decoded


def _what(data: bytes) -> str | None:
    """What an input is that is no page, and the next step; ``None`` for text."""
    for opening, what in _FORMATS.items():
        if data.startswith(opening):
            return what
    head = data[:HEAD]
    if head.count(0) <= max(1, len(head) // 100) and len(_CONTROL.findall(head)) <= HEAD // 100:
        return None
    try:
        found = puremagic.magic_string(data[: 16 * HEAD])
    except (puremagic.PureError, ValueError):
        found = []
    name = found[0].name if found and found[0].name else "binary data of an unknown kind"
    return f"{name}. {_GIVE}"
