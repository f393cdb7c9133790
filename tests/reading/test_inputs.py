"""What a user names: files, folders, globs and standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import (
    InputError,
    InputNotFoundError,
    NoPagesError,
    NotFetchedError,
    UnreadableError,
)
from onrecord.reading import Input, find_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages on two levels, other files among them."""
    (tmp_path / "pages" / "b" / "deep").mkdir(parents=True)
    (tmp_path / "pages" / "folder.txt").mkdir()
    for name in ("c.txt", "a.HTML", "b/z.htm", "b/deep/y.xhtml", "b.text", "notes.pdf", "pic.png"):
        (tmp_path / "pages" / name).write_text(name)
    return tmp_path / "pages"


def named(*names: str | Path) -> list[str]:
    found = list(find_inputs([str(name) for name in names]))
    return [one.name if isinstance(one, Input) else type(one).__name__ for one in found]


def below(folder: Path, *names: str) -> list[str]:
    return [str(folder / name) for name in names]


def test_a_file_is_taken_whatever_its_name(folder: Path) -> None:
    path = folder / "notes.pdf"
    assert list(find_inputs([str(path)])) == [Input(str(path), path)]


def test_a_folder_with_all_below_it_in_order(folder: Path) -> None:
    pages = below(folder, "a.HTML", "b/deep/y.xhtml", "b/z.htm", "b.text", "c.txt")
    assert named(folder) == pages


def test_a_folder_without_a_page(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_text("no page")
    (error,) = find_inputs([str(tmp_path)])
    assert isinstance(error, NoPagesError)
    assert error.input == str(tmp_path)
    assert ".html" in str(error)
    assert ".txt" in str(error)


def test_a_glob(folder: Path) -> None:
    assert named(folder / "*.t*") == below(folder, "b.text", "c.txt")
    assert named(folder / "**" / "*htm*") == below(folder, "b/deep/y.xhtml", "b/z.htm")
    assert named(folder / "[ac].*") == below(folder, "a.HTML", "c.txt")


def test_a_glob_in_the_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert named("*.pdf") == ["notes.pdf"]


def test_a_glob_that_matches_nothing(folder: Path) -> None:
    (error,) = find_inputs([str(folder / "*.docx")])
    assert isinstance(error, InputNotFoundError)
    assert "matches no file" in str(error)


def test_a_file_whose_name_looks_like_a_glob(folder: Path) -> None:
    path = folder / "story[1].txt"
    path.write_text("It rained.")
    assert named(path) == [str(path)]


def test_nothing_there(tmp_path: Path) -> None:
    (error,) = find_inputs([str(tmp_path / "none.txt")])
    assert isinstance(error, InputNotFoundError)
    assert str(error) == f"{tmp_path / 'none.txt'}: no such file or folder. Check the path."


@pytest.mark.parametrize("name", ["Anna Bell said it rained. " * 40, "a/" * 3000, "nul\0nul"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    (error,) = find_inputs([name])
    assert isinstance(error, InputError)
    assert error.input == name


def test_what_is_not_found_does_not_stop_the_rest(folder: Path) -> None:
    pages = below(folder, "c.txt", "b.text")
    assert named("none.txt", pages[0], "no*ne", folder / "folder.txt", pages[1], "-") == [
        "InputNotFoundError",
        pages[0],
        "InputNotFoundError",
        "NoPagesError",
        pages[1],
        "-",
    ]


def test_names_keep_the_order_they_are_given_in(folder: Path) -> None:
    pages = below(folder, "c.txt", "b.text", "a.HTML")
    assert named(*pages) == pages


@pytest.mark.parametrize(
    "name",
    ["a.md", "a.markdown", "a.warc", "a.jsonl", "a.ndjson", "a.html.gz", "a.TXT.GZ", "a.warc.gz"],
)
def test_all_kinds_of_page_are_taken_from_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    (tmp_path / "a.gz").write_text("x")
    (tmp_path / "html").write_text("x")
    assert named(tmp_path) == [str(tmp_path / name)]


def test_a_folder_with_odd_names(tmp_path: Path) -> None:
    names = [
        b"new\nline.txt",
        b"not utf-8 \xff.txt",
        b"-.txt",
        b" .html",
        b"[a].txt",
        b"\x1b[2J.md",
    ]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("x")
    found = [one for one in find_inputs([str(tmp_path)]) if isinstance(one, Input)]
    assert sorted(os.fsencode(Path(one.name).name) for one in found) == sorted(names)
    for one in found:
        with one.open() as stream:
            assert stream.read() == b"x"


def test_pipes_and_links_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert named(tmp_path) == below(tmp_path, "a.txt", "b.txt", "gone.txt")


def test_a_very_deep_folder(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1200):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    file = folders[-1] / "a.txt"
    file.write_text("x")
    assert named(tmp_path) == [str(file)]
    file.unlink()
    for folder in reversed(folders[1:]):  # What would remove it all at once is recursive.
        folder.rmdir()


def test_a_folder_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text("x")
    real = os.scandir

    def refuse(path: Path) -> Iterator[os.DirEntry[str]]:
        if path.name == "a":
            raise PermissionError(13, os.strerror(13), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert named(tmp_path) == ["UnreadableError", str(tmp_path / "b.txt")]


@pytest.mark.parametrize(
    "name",
    ["https://a.example/b?c=[d]", "HTTP://a.example/*", "ftp://a.example", "https:/a.example"],
)
def test_an_address_on_the_web_is_not_fetched(name: str) -> None:
    (error,) = find_inputs([name])
    assert isinstance(error, NotFetchedError)
    assert error.input == name
    assert "Save the page in a browser" in str(error)
    with pytest.raises(NotFetchedError), Input(name, Path(name)).open():
        pass


def test_bytes_of_a_file(folder: Path) -> None:
    with Input("c", folder / "c.txt").open() as stream:
        assert stream.read() == b"c.txt"


def test_bytes_in_memory() -> None:
    with Input("c", None, b"bytes").open() as stream:
        assert stream.read() == b"bytes"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9\r\n"), "utf-8"))
    (one,) = find_inputs(["-"])
    assert isinstance(one, Input)
    assert one.name == "-"
    with one.open() as stream:
        assert stream.read() == b"caf\xe9\r\n"
    assert not stream.closed


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UnreadableError, match="no such input"), Input("-", None).open():
        pass


def test_a_file_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match=r"^gone: no such file"):
        Input("gone", tmp_path / "gone.txt").open()


def test_a_file_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match=r"^here: cannot be read: "):
        Input("here", tmp_path).open()

    def refuse(path: Path, mode: str) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match=r"^locked: cannot be read: Permission denied"):
        Input("locked", tmp_path / "locked.txt").open()
