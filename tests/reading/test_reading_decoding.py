"""Bytes to characters: marks, declarations, guesses, and inputs that are no text."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import struct
import time
import zipfile
import zlib

import pytest

from onrecord.errors import BinaryInputError, EmptyInputError, EncodingError, InputError
from onrecord.reading.decoding import HEAD, decode, kind_of

RUSSIAN = (
    "Мэр Анна Белл заявила во вторник, что мост безопасен и откроется весной. "
    "Жители города не согласны с этим решением и просят вернуть паром."
)
ENGLISH = "The mayor said the café on the bridge “would not open” – not before May."


def page(charset: str, body: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{body}</p></body></html>'


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_is_no_character(mark: bytes, encoding: str) -> None:
    assert decode(mark + ENGLISH.encode(encoding), "x") == (ENGLISH, ())
    with pytest.raises(EmptyInputError):
        decode(mark, "x")


def test_byte_order_mark_goes_before_what_the_page_declares() -> None:
    text = page("windows-1251", "Zürich")
    assert decode(codecs.BOM_UTF8 + text.encode(), "x") == (text, ())


def test_utf8_goes_before_what_the_page_declares() -> None:
    text = page("windows-1251", "Zürich")
    assert decode(text.encode(), "x") == (text, ())


def test_bytes_that_belie_their_mark() -> None:
    with pytest.raises(EncodingError, match=r"^story.txt: .*utf-16-le.*Save the page as UTF-8"):
        decode(codecs.BOM_UTF16_LE + b"odd", "story.txt")
    with pytest.raises(EncodingError):
        decode(codecs.BOM_UTF8 + b"caf\xe9", "story.txt")


def test_text_is_kept_to_the_letter() -> None:
    text = "One\r\ntwo\u00a0\u200b e\u0301 🌧\r"
    assert decode(text.encode(), "x")[0] == text


@pytest.mark.parametrize(
    "head",
    [
        '<html><head><meta charset="windows-1251">',
        "<html><head><META CHARSET=windows-1251>",
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?><html>',
    ],
)
def test_declared_encoding_is_taken_without_a_warning(head: str) -> None:
    text = f"{head}<p>{RUSSIAN}</p>"
    assert decode(text.encode("cp1251"), "x") == (text, ())


def test_latin1_means_windows_1252_as_in_browsers() -> None:
    """The web's standard says so, and quotation marks hang on it."""
    text = page("iso-8859-1", "“The café is shut,” she said.")
    assert decode(text.encode("cp1252"), "x")[0] == text


@pytest.mark.parametrize("charset", ["us-ascii", "no-such-encoding", "hex", "utf-7", "punycode"])
def test_a_wrong_declaration_leaves_it_to_the_bytes(charset: str) -> None:
    text = page(charset, ENGLISH)
    found, warnings = decode(text.encode("cp1252"), "x")
    assert found == text
    assert [w.code for w in warnings] in ([], ["encoding-guessed"])


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "raw_unicode_escape", "idna"])
def test_a_codec_of_python_that_is_no_charset_is_not_obeyed(charset: str) -> None:
    text = page(charset, rb"The caf\xe9 \u201cOrla\u201d \ud800".decode() + f" {ENGLISH}")
    found, warnings = decode(text.encode("cp1252"), "x")
    assert found == text
    assert [w.code for w in warnings] == ["encoding-guessed"]


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (ENGLISH, "cp1252")])
def test_guess_is_right_and_a_warning(text: str, encoding: str) -> None:
    found, (warning,) = decode(text.encode(encoding), "x")
    assert found == text
    assert warning.code == "encoding-guessed"
    assert "not UTF-8" in warning.message


def test_a_declaration_far_down_is_not_looked_for() -> None:
    text = " " * HEAD + page("windows-1251", RUSSIAN)
    _, warnings = decode(text.encode("cp1251"), "x")
    assert [w.code for w in warnings] == ["encoding-guessed"]


def test_bytes_of_no_encoding() -> None:
    with pytest.raises(EncodingError, match="no encoding"):
        decode(bytes(range(128, 256)) * 3, "x")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u00a0\u2003\n".encode(), b"\x0c\x0b"])
def test_nothing_or_white_space_alone(data: bytes) -> None:
    with pytest.raises(EmptyInputError, match=r"^story\.txt: ") as caught:
        decode(data, "story.txt")
    assert caught.value.input == "story.txt"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("story.txt", "Anna Bell said it rained.")
    return held.getvalue()


PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(png(), "Portable Network Graphics", id="png"),
        pytest.param(PDF, "Portable Document Format", id="pdf"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n", "Portable Document Format", id="pdf of ASCII alone"),
        pytest.param(archive(), "ZIP", id="zip"),
        pytest.param(gzip.compress(b"Anna Bell said it rained.", mtime=0), "GZIP", id="gzip"),
        pytest.param(b"GIF89a\1\0\1\0\x80\0\0", "GIF89a", id="gif"),
    ],
)
def test_binary_input_says_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(BinaryInputError, match=what) as caught:
        decode(data, "story.bin")
    assert str(caught.value).startswith("story.bin: this is no page but ")
    assert re.search(r"\. (Give|Unpack) .*\.$", str(caught.value))


def test_binary_input_of_no_known_kind() -> None:
    with pytest.raises(BinaryInputError, match="binary data of an unknown kind"):
        decode(bytes(range(32)) * 8, "x")


def test_every_failure_is_an_input_error_that_names_the_input() -> None:
    for data in (b"", PDF, b"\xff\xfea", bytes(range(128, 256))):
        with pytest.raises(InputError, match=r"^the name: ."):
            decode(data, "the name")


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>It rained.",
        "<!-- saved by a browser -->\n<html lang=en>",
        "<HTML>\n<BODY>It rained.</BODY></HTML>",
        "\n  <article class=story><h1>Bridge</h1>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<p>It rained.</p>",
        "<div>\n<p>It rained.</p><p>It snowed.</p>\n</div>\n",
    ],
)
def test_html(text: str) -> None:
    assert kind_of(text) == "html"


@pytest.mark.parametrize(
    "text",
    [
        "It rained.",
        "Anna Bell said that <b>bold</b> is a tag.",
        "If a < b and b > c, the bridge stands.",
        "<Anna> it rained",
        "It rained.\n" * HEAD + "<html><body></body></html>",
    ],
)
def test_plain_text(text: str) -> None:
    assert kind_of(text) == "text"


def test_a_damaged_byte_does_not_change_the_rest() -> None:
    text = "“It rained,” said Anaïs. “It froze,” said Zoë."
    decoded, warnings = decode(text.encode() + b"\xe9", "x")
    assert decoded == text + "\ufffd"
    assert [w.code for w in warnings] == ["bytes-replaced"]


def test_english_in_windows_1252_without_a_declaration() -> None:
    text = "“It rained all day in the old town,” said Anaïs Bell, who lives there."
    decoded, warnings = decode(text.encode("cp1252"), "x")
    assert decoded == text
    assert [w.code for w in warnings] == ["encoding-guessed"]
    assert "cp1252" in warnings[0].message


WORDS = {
    "cp1251": RUSSIAN,
    "koi8_r": RUSSIAN,
    "cp866": RUSSIAN,
    "iso8859_5": RUSSIAN,
    "cp932": "市長は火曜日、橋は安全であり春に開通すると述べた。住民は同意していない。",
    "euc_jp": "市長は火曜日、橋は安全であり春に開通すると述べた。住民は同意していない。",
    "iso2022_jp": "市長は火曜日、橋は安全であり春に開通すると述べた。住民は同意していない。",
    "gb18030": "市长星期二表示，这座桥是安全的，将于春季开放。居民不同意这一决定。",
    "cp949": "시장은 화요일 다리가 안전하며 봄에 개통될 것이라고 말했다.",
    "iso8859_2": "Starostka v úterý řekla, že most je bezpečný a bude otevřen na jaře.",
    "cp1253": "Η δήμαρχος είπε την Τρίτη ότι η γέφυρα είναι ασφαλής.",
}
LABELS = {"cp932": "Shift_JIS", "gb18030": "GB2312", "cp949": "euc-kr", "cp1253": "windows-1253"}


@pytest.mark.parametrize("encoding", WORDS)
def test_encodings_of_the_web(encoding: str) -> None:
    label = LABELS.get(encoding, encoding)
    declared = page(label, WORDS[encoding])
    assert decode(declared.encode(encoding), "x") == (declared, ())
    bare = page("", WORDS[encoding])
    assert decode(bare.encode(encoding), "x", label) == (bare, ())


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8_r", "cp932", "gb18030", "cp949", "iso8859_5", "cp1253"]
)
def test_encodings_that_are_guessed(encoding: str) -> None:
    text = page("", WORDS[encoding] * 3)
    decoded, warnings = decode(text.encode(encoding), "x")
    assert decoded == text
    assert [w.code for w in warnings] == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, page("utf-16", WORDS["gb18030"]), "It rained."])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "x") == (text, ())


def test_damaged_utf16_without_a_mark() -> None:
    text, (warning,) = decode((RUSSIAN * 9).encode("utf-16-le") + b"\0", "x")
    assert text == RUSSIAN * 9 + "\ufffd"
    assert warning.code == "bytes-replaced"


@pytest.mark.parametrize("text", ["Word. \0", "a\0b c\0d", "It rained.\0\0"])
def test_nuls_alone_do_not_make_utf16(text: str) -> None:
    assert decode(f"{text} {ENGLISH * 5}".encode(), "x")[0].startswith(text)


def test_http_goes_before_the_page_and_utf8_before_both() -> None:
    text = page("koi8-r", RUSSIAN)
    assert decode(text.encode("cp1251"), "x", "windows-1251") == (text, ())
    assert decode(text.encode(), "x", "windows-1251") == (text, ())
    assert decode(codecs.BOM_UTF8 + text.encode(), "x", "windows-1251") == (text, ())
    assert decode(text.encode("koi8-r"), "x", "no such thing\0") == (text, ())


def test_a_damaged_byte_in_a_declared_encoding_is_a_warning() -> None:
    text = page("shift_jis", WORDS["cp932"])
    decoded, (warning,) = decode(text.encode("cp932") + b"\x81", "x")
    assert decoded == text + "\ufffd"
    assert warning.code == "bytes-replaced"


def test_sixteen_megabytes_are_guessed_in_little_time() -> None:
    text = (RUSSIAN + "\n") * (2**24 // len(RUSSIAN))
    data = text.encode("koi8-r")
    start = time.perf_counter()
    assert decode(data, "x")[0] == text
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "cp037", "utf-32"])
def test_a_declaration_that_could_not_have_been_read_is_wrong(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>“Yes,” she said.</p>'
    assert decode(page.encode("cp1252"), "x")[0] == page


def test_one_nul_does_not_make_a_page_binary() -> None:
    page = "<html><body><p>It rained all day in the old town.</p>\0</body></html>"
    assert decode(page.encode(), "x")[0] == page


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{\\rtf1\\ansi It rained.}", "RTF"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\nIt rained.", "MHTML"),
        (b"From: <Saved by Blink>\nSubject: Rain\n\nIt rained.", "MHTML"),
    ],
)
def test_text_that_is_no_page_says_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(BinaryInputError, match=what):
        decode(data, "x")
