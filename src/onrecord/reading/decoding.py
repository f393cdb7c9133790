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

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, name: str) -> tuple[str, tuple[Warning, ...]]:
    """The characters of an input, without its byte-order mark.

    A byte-order mark counts first, then UTF-8, then what the input declares, then a guess,
    which is a warning. Raises `EmptyInputError`, `BinaryInputError` or `EncodingError`.
    """
    if not data.strip():
        raise EmptyInputError(name, "the input is empty. Save the page again.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], encoding, name), name), ()
    if b"\0" in data[:HEAD] or data.startswith(b"%PDF-"):
        raise BinaryInputError(name, _what(data))
    try:
        return _checked(data.decode("utf-8"), name), ()
    except UnicodeDecodeError as error:
        if len(_CONTROL.findall(data[:HEAD])) > HEAD // 100:
            raise BinaryInputError(name, _what(data)) from error
    declared = _declared(data)
    if declared:
        try:
            return _checked(data.decode(declared), name), ()
        except (UnicodeDecodeError, LookupError):
            pass  # A wrong declaration is common; the bytes decide.
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise EncodingError(
            name, "the bytes decode in no encoding that was tried. Save the page as UTF-8."
        )
    message = f"the bytes are not UTF-8 and were read as {best.encoding}"
    warning = Warning(code="encoding-guessed", message=message)
    return _checked(_strict(data, best.encoding, name), name), (warning,)


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
    except LookupError:
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


def _what(data: bytes) -> str:
    """What a binary input is, from its first bytes."""
    if data.startswith(b"PK\3\4"):
        # puremagic cannot tell a plain archive from an Office file and names the latter.
        return "this is no page but a ZIP archive. Unpack it and give the pages in it."
    try:
        found = puremagic.magic_string(data[: 16 * HEAD])
    except (puremagic.PureError, ValueError):
        found = []
    what = found[0].name if found and found[0].name else "binary data of an unknown kind"
    return f"this is no page but {what}. Give HTML or plain text; save the page from a browser."
