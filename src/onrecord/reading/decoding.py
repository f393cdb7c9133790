"""Bytes to characters, and HTML told apart from text."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
import puremagic

from onrecord.errors import BinaryInputError, EmptyInputError, EncodingError
from onrecord.records import InputKind, Warning

HEAD = 4096
"""Bytes that are looked at to tell what an input is."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_HTML = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|article|main)[\s>])", re.I)
_ELEMENT = re.compile(r"\s*<([a-z][a-z0-9]*)[\s>].*</\1\s*>", re.I | re.S)
_WINDOWS = frozenset({"ascii", "iso8859-1"})
"""What pages declare when they are in Windows-1252 (WHATWG Encoding Standard, 4.2)."""

_NO_PAGE = frozenset(
    {"undefined", "unicode-escape", "unicode_escape", "raw-unicode-escape"}
    | {"raw_unicode_escape", "idna", "punycode", "utf-7"}
)
"""Python's own codecs, which would rewrite the text, and one that browsers refuse."""

_GIVE = "Give HTML or plain text; save the page from a browser"

_FORMATS = {
    b"%PDF-": f"a PDF (Portable Document Format). {_GIVE}",
    b"{\\rtf": f"an RTF document. {_GIVE}",
    b"MIME-Version:": f"a web archive (MHTML). {_GIVE} as HTML",
    b"From: <Saved by": f"a web archive (MHTML). {_GIVE} as HTML",
    b"PK\3\4": "a ZIP archive or an Office document. Give the pages in it, or save it as text",
}
"""What puremagic does not see or cannot tell apart, by its first bytes."""

FEW = 0.05
"""Share of bytes beyond ASCII up to which a text is likely in Windows-1252."""

_ASCII = bytes(range(0x80))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, name: str) -> tuple[str, tuple[Warning, ...]]:
    """The characters of an input, without its byte-order mark.

    A byte-order mark counts first, then UTF-8, then what the input declares, then a guess,
    which is a warning; so are single bytes that are no UTF-8. Raises `EmptyInputError`,
    `BinaryInputError` or `EncodingError`.
    """
    if not data.strip():
        raise EmptyInputError(name, "the input is empty. Save the page again.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], encoding, name), name), ()
    what = _what(data)
    if what:
        raise BinaryInputError(name, f"this is no page but {what}.")
    text, warnings = _guessed(data, name)
    return _checked(text, name), warnings


def _guessed(data: bytes, name: str) -> tuple[str, tuple[Warning, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if damaged * 3 <= len(text) - len(text.encode("ascii", "ignore")) - damaged:
        message = f"{damaged} stretches of bytes are no UTF-8 and were replaced by U+FFFD"
        return text, (Warning(code="bytes-replaced", message=message),)
    encoding = _declared(data)
    if encoding:
        try:
            return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            pass  # A wrong declaration is common; the bytes decide.
    likely = _likely(data)
    if likely is None:
        raise EncodingError(
            name, "the bytes decode in no encoding that was tried. Save the page as UTF-8."
        )
    message = f"the bytes are not UTF-8 and were read as {likely}"
    warning = Warning(code="encoding-guessed", message=message)
    return _strict(data, likely, name), (warning,)


def _likely(data: bytes) -> str | None:
    """The likeliest encoding: Windows-1252 where few bytes are not ASCII, as in English."""
    if len(data.translate(None, _ASCII)) <= FEW * len(data):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            return "cp1252"
    best = charset_normalizer.from_bytes(data).best()
    return best.encoding if best else None


def kind_of(text: str) -> InputKind:
    """HTML if it has a page's elements near its start, or is one element whole."""
    head = text[:HEAD]
    if _HTML.search(head) or _ELEMENT.match(text[: 16 * HEAD]):
        return "html"
    return "text"


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares, by Python's name for it."""
    found = _DECLARED.search(data[:HEAD])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else None
        # A declaration that could be read is not in UTF-16 or EBCDIC, whatever it says.
        if name is None or "<meta".encode(name) != b"<meta":
            return None
    except (LookupError, UnicodeError):
        return None
    if name in _WINDOWS:
        return "cp1252"
    return name if name not in _NO_PAGE else None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"the bytes from {error.start} on are no {encoding}. Save the page as UTF-8."
        raise EncodingError(name, message) from error


def _checked(text: str, name: str) -> str:
    if not text.strip():
        raise EmptyInputError(name, "the input holds only white space. Save the page again.")
    return text


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
