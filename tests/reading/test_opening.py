"""What an input is: by its bytes, by its name, by what the user says; and its size."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import (
    BinaryInputError,
    DamagedError,
    InputError,
    OnrecordError,
    TooLargeError,
    UnreadableError,
)
from onrecord.options import MAX_BYTES, ReadingOptions
from onrecord.reading import Document, Input, Notice, open_documents, read_document
from onrecord.reading.document import Found
from onrecord.records import InputKind
from warcs import page, piped, response

ROW = b'{"text": "Anna Bell said it rained."}\n'
WARC = response("Aar")


def opened(one: Input, **options: object) -> tuple[bool, list[Found]]:
    with open_documents(one, ReadingOptions(**options)) as (several, found):  # type: ignore[arg-type]
        return several, list(found)


class Piped(Input):
    """Bytes as standard input gives them."""

    def open(self) -> BinaryIO:
        return piped(self.data or b"")


@pytest.fixture(params=[False, True], ids=["plain", "gzip"])
def packed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.html", page(), None),
        ("a.txt", b"Text.", None),
        ("a", b"Text.", None),
        ("a.md", b"# Text", "markdown"),
        ("a.MARKDOWN", b"# Text", "markdown"),
        ("a.warc", WARC, "warc"),
        ("a.txt", WARC, "warc"),
        ("a", WARC, "warc"),
        ("a.warc", b"damaged" + WARC, "warc"),
        ("a.jsonl", ROW, "jsonl"),
        ("a.ndjson", b"\n" + ROW, "jsonl"),
        ("a.json", ROW, "jsonl"),
        ("a.txt", ROW, None),
        ("a.json", b'{\n  "text": "It rained."\n}', None),
        ("a", b"{text}", None),
    ],
)
def test_by_bytes_and_by_name(
    tmp_path: Path, packed: bool, name: str, data: bytes, kind: InputKind | None
) -> None:
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(data) if packed else data)
    several, found = opened(Input(str(path), path))
    assert several == (kind in ("warc", "jsonl"))
    if not several:
        (document,) = found
        assert isinstance(document, Document)
        assert document.data == data
        assert document.kind == kind


@pytest.mark.parametrize("way", [Input, Piped])
@pytest.mark.parametrize(("data", "several"), [(page(), False), (WARC, True), (ROW * 9999, True)])
def test_without_a_name_by_bytes(
    way: type[Input], data: bytes, several: bool, packed: bool
) -> None:
    packed_data = gzip.compress(data) if packed else data
    found = opened(way("-", None, packed_data))
    assert found[0] == several
    assert all(isinstance(one, Document) for one in found[1])
    if not several:
        assert found[1] == [Document(name="-", data=data)]


@pytest.mark.parametrize("kind", ["html", "text", "markdown"])
def test_kind_overrules_bytes_and_name(kind: InputKind) -> None:
    for data in (WARC, ROW, gzip.compress(ROW)):
        several, (document,) = opened(Input("a", Path("a.jsonl"), data), kind=kind)
        assert not several
        assert isinstance(document, Document)
        assert document.kind == kind
    assert opened(Input("a", None, b"\n" + ROW), kind="jsonl")[0]


def test_standard_input_from_where_another_program_has_left_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"first line\nsecond line\n")

    class Shared(Input):
        def open(self) -> BinaryIO:
            stream = (tmp_path / "a").open("rb")
            stream.readline()
            return stream

    (document,) = opened(Shared("-", None))[1]
    assert isinstance(document, Document)
    assert document.data == b"second line\n"


def test_a_page_beyond_the_limit_says_so_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(TooLargeError) as caught:
        opened(Input("large.html", path))
    assert str(caught.value) == (
        "large.html: the page has 300 MB, and the limit is 64 MB. Raise it with --max-size 300 "
        "(in Python: ReadingOptions(max_bytes=300 * 2**20))."
    )
    assert opened(Input("x", None, b"12345"), max_bytes=5)[1]
    with pytest.raises(TooLargeError):
        opened(Input("x", None, b"123456"), max_bytes=5)


def test_a_page_of_unknown_size_is_read_up_to_the_limit() -> None:
    for one in (Input("zero", Path("/dev/zero")), Piped("-", None, bytes(10**6))):
        with pytest.raises(TooLargeError, match="more than"):
            opened(one, max_bytes=10_000)


def test_a_gzip_bomb() -> None:
    bomb = gzip.compress(bytes(2 * MAX_BYTES))
    with pytest.raises(TooLargeError, match="more than 64 MB"):
        opened(Input("bomb", None, bomb))


@pytest.mark.parametrize("cut", [3, 12, 100, -9, -1])
def test_gzip_that_is_cut_off(cut: int) -> None:
    with pytest.raises(DamagedError, match=r"^a\.gz: the gzip file ends early: it was cut off"):
        opened(Input("a.gz", None, gzip.compress(page())[:cut]))


@pytest.mark.parametrize("at", [3, 40, -6])
def test_gzip_that_is_corrupt(at: int) -> None:
    data = bytearray(gzip.compress(page()))
    data[at] ^= 0xFF
    with pytest.raises(DamagedError):
        opened(Input("a.gz", None, bytes(data)))


def test_gzip_is_undone_once() -> None:
    (document,) = opened(Input("a", None, gzip.compress(gzip.compress(page()))))[1]
    assert isinstance(document, Document)
    with pytest.raises(BinaryInputError, match="GZIP"):
        read_document(document, ReadingOptions())


def test_a_folder_and_a_failing_disk(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        opened(Input("a", tmp_path))
    memory = Path("/proc/self/mem")
    if memory.exists():
        with pytest.raises(UnreadableError, match="cannot be read: "):
            opened(Input("mem", memory))


def kinds() -> Iterator[bytes]:
    yield from (page(), b"# Text\n\nMore.", WARC * 2, ROW * 3)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from([*kinds(), *map(gzip.compress, kinds())]),
    st.floats(0, 1),
    st.binary(max_size=30),
    st.sampled_from(["a.html", "a.md", "a.warc.gz", "a.jsonl", "a"]),
)
def test_a_cut_or_a_change_anywhere_is_an_error_of_ours(
    data: bytes, place: float, piece: bytes, name: str
) -> None:
    at = int(place * len(data))
    for changed in (data[:at], data[:at] + piece, data[:at] + piece + data[at + len(piece) :]):
        try:
            with open_documents(Input(name, Path(name), changed), ReadingOptions()) as (_, found):
                for one in found:
                    assert isinstance(one, Document | InputError | Notice)
                    if isinstance(one, Document):
                        read_document(one, ReadingOptions())
        except OnrecordError:
            pass
