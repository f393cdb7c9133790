"""The people file: what is read, what is refused, and which rows a name fits."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import PeopleError
from onrecord.records import SpeakerKind
from onrecord.resolving import people as people_file
from onrecord.resolving.people import KINDS, People, Row, read_people

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "people.csv"


def people(tmp_path: Path, text: str | bytes) -> People:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_people(path)


def lines(rows: tuple[Row, ...]) -> list[int]:
    return [row.line for row in rows]


# Reading


def test_a_row_has_its_cells_by_column(tmp_path: Path) -> None:
    read = people(
        tmp_path,
        'Party, NAME ,Kind,aliases,empty\nTide,"  Elda\tMarrow ",Person,"E. Marrow; Elda M|",\n',
    )
    assert read.rows == (
        Row(
            line=2,
            name="Elda Marrow",
            aliases=("E. Marrow", "Elda M"),
            kind="person",
            columns={"Party": "Tide", "name": "Elda Marrow", "kind": "person"},
        ),
    )
    assert list(read.rows[0].columns) == ["Party", "name", "kind"]


def test_kinds_are_those_of_a_record() -> None:
    assert get_args(SpeakerKind) == KINDS


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("name,aliases\nElda Marrow,A B;C D|E F\n", ("A B", "C D", "E F")),
        ("name;aliases\nElda Marrow;A B|C D\n", ("A B", "C D")),
        ('name;aliases\nElda Marrow;"A; B|C D"\n', ("A; B", "C D")),
        ("name\taliases\nElda Marrow\tA, B;C D\n", ("A, B", "C D")),
        ("name,alias\nElda Marrow,A B\n", ("A B",)),
        ('"name";"aliases"\n"Elda Marrow";"A B"\n', ("A B",)),
        ("aliases;name\n;Elda Marrow\n", ()),
        ("name\nElda Marrow\n", ()),
        ("name,aliases\nElda Marrow\n", ()),
        ("name,aliases\nElda Marrow,;|;\n", ()),
        ("\ufeffname,aliases\nElda Marrow,A B\n", ("A B",)),
        ("\r\n,,\r\nname,aliases\r\n\r\n , \r\nElda Marrow,A B\r\n,\r\n", ("A B",)),
        ("name,aliases\rElda Marrow,A B\r", ("A B",)),
    ],
)
def test_forms_that_spreadsheets_write(tmp_path: Path, text: str, aliases: tuple[str, ...]) -> None:
    (row,) = people(tmp_path, text).rows
    assert (row.name, row.aliases) == ("Elda Marrow", aliases)


def test_a_row_is_at_the_line_where_it_begins(tmp_path: Path) -> None:
    text = 'name,note\n\nElda Marrow,"two\nlines\r\nand a third"\r\nPia Lund,\n"Osric\nMarrow",x\n'
    read = people(tmp_path, text)
    assert [(row.line, row.name) for row in read.rows] == [
        (3, "Elda Marrow"),
        (6, "Pia Lund"),
        (7, "Osric Marrow"),
    ]
    assert read.rows[0].columns["note"] == "two\nlines\r\nand a third"


BAD: list[tuple[str | bytes, str]] = [
    ("", ": the file is empty. Known columns: name (required), aliases"),
    ("\ufeff\n\n", ": the file is empty"),
    ("name,party\n\n", ": there is no row below the columns"),
    ("nom,parti\nElda,x\n", ":1: no column is called 'name'. Columns found, by comma"),
    ("nom;parti\nElda;x\n", ":1: no column is called 'name'. Columns found, by semicolon"),
    ("\nElda Marrow,Tide\n", ":2: no column is called 'name'"),
    ("name,,party\nA,b,c\n", ":1: column 2 has no name. Columns found, by comma: 'name'"),
    ("name,party,Party \nA,b,c\n", ":1: two columns are called 'party'"),
    ("name,alias,aliases\nA,b,c\n", ":1: two columns are called 'aliases'"),
    ("name,party\nA,b\nB,c,d\n", ":3: 3 cells, and 2 columns. Put a cell with a comma"),
    ("name;party\nB;c;d\n", ":2: 3 cells, and 2 columns. Put a cell with a semicolon"),
    ("name,party\nA,b\n\n,Tide\n", ":4: the row has no name"),
    ("name,kind\nA,human\n", ":2: the kind is 'human'. Give one of person, group, doc"),
    ("name\nA\n—\n", ":3: '—' holds no letter or digit"),
    ("name,aliases\nA,B; - \n", ":2: '-' holds no letter or digit"),
    ("name\nElda Marrow\nPia Lund\nELDA  MARROW\n", ":4: 'ELDA MARROW' stands in line 2"),
    ("name,id\nJ. K. Bell,1\nX,2\nJ.K. Bell,2\nJK Bell,1\n", ":5: 'JK Bell' stands in line 2"),
    ("name,aliases,id\nA,B,1\nA,C,1\n", ":3: 'A' stands in line 2 with the same values"),
    ('name,id\nA,1\nB,"2\nC,3\nD,4\n', ":3: a quotation mark that is opened here is never"),
    ('name,id\nA,1\n"B "C" D",2\n', ":3: a cell goes on after its closing quotation mark"),
    ('"name,id\nA,1\n', ":1: a quotation mark that is opened here is never closed"),
    (f"name\nA\n{'x' * 131_073}\n", ":3: a cell is longer than 131,072 characters"),
    ('name\nA\n"' + "x y\n" * 99_999, ":3: a cell is longer than 131,072 characters"),
    (b"name\r\nA\rB\n\r\nJos\xe9\n", ":5: the byte 0xe9 is no UTF-8. Save it from the"),
    (b"name\nA\nB\0\n", ":3: a NUL byte"),
    ("name\nA\n".encode("utf-16"), ": the file is in UTF-16. Save it"),
    (b"PK\x03\x04\x14\0", ": this is a workbook (such as XLSX or ODS), and no CSV"),
    ('name;id\nA;"1\n', ":2: a quotation mark that is opened here is never closed"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD)
def test_a_broken_file_is_told_by_its_line(tmp_path: Path, data: str | bytes, message: str) -> None:
    with pytest.raises(PeopleError) as caught:
        people(tmp_path, data)
    told = str(caught.value).removeprefix(str(tmp_path / "people.csv"))
    assert told.startswith(message)
    assert len(told) < 500


def test_a_long_value_is_cut_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match=r"x{60}…'"):
        people(tmp_path, f"name,kind\nA,{'x' * 900}\n")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="no such file"):
        read_people(tmp_path / "gone.csv")
    with pytest.raises(PeopleError, match="this is a folder"):
        read_people(tmp_path)
    with pytest.raises(PeopleError, match="is no path"):
        read_people(Path("a\0b"))
    with pytest.raises(PeopleError, match="cannot be read"):
        read_people(tmp_path / ("x" * 5_000))


def test_a_file_beyond_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_file, "MAX_BYTES", 2**20)
    with pytest.raises(PeopleError, match="larger than 1 MiB"):
        people(tmp_path, b"name\n" + b"A" * 2**20)


# Python before 3.13 writes a lone carriage return without quotation marks.
_CELL = st.text(
    st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"]), max_size=12
)
_NAME = st.text(st.sampled_from("Aé'. ,;|\"\nßЖ-"), max_size=8).map(lambda text: f"N{text}")


@given(
    rows=st.lists(st.tuples(_NAME, _CELL, _CELL), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
)
def test_what_a_spreadsheet_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    delimiter: str,
    end: str,
    mark: bool,
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(["Name", "Party", "remark", "id"])
    writer.writerows([*row, number] for number, row in enumerate(rows))
    text = ("\ufeff" if mark else "") + file.getvalue()
    read = people(tmp_path_factory.mktemp("people"), text)
    assert [row.columns for row in read.rows] == [
        {column: cell for column, cell in cells.items() if cell}
        for number, (name, party, remark) in enumerate(rows)
        for cells in [
            {
                "name": " ".join(name.split()),
                "Party": party.strip(),
                "remark": remark.strip(),
                "id": str(number),
            }
        ]
    ]
    for row in read.rows:
        assert row in read.rows_for([row.name], None)


@given(st.binary(max_size=60) | st.text('name,;"\n\raé\t ', max_size=60).map(str.encode))
def test_whatever_the_bytes_only_its_own_error_comes(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    try:
        read = people(tmp_path_factory.mktemp("people"), b"name,kind\n" + data)
    except PeopleError:
        return
    assert all(row in read.rows_for([row.name], row.kind) for row in read.rows)


# Names


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Elda Marrow", "ELDA  MARROW"),
        ("Élda Märrow", "Elda Marrow"),
        ("Elda O'Marrow", "Elda O’Marrow"),
        ("Søren Łund-Æbel", "Soren Lund Aebel"),
        ("J. K. Marrow", "J.K. Marrow"),
        ("JK Marrow", "J. K. Marrow"),
        ("U.S. Harbour Board", "US Harbour Board"),
        ("The Coastal Courier", "Coastal Courier"),
        ("Marrow & Lund", "Marrow and Lund"),
        ("Elda Marrow-Lund", "Elda Marrow\N{EN DASH}Lund"),
        ("Elda Mar\N{SOFT HYPHEN}row", "Elda Marrow"),
        ("Elda Marrow Jr.", "Elda Marrow Jr"),
        ("Эльда Марроу", "ЭЛЬДА МАРРОУ"),
        ("The The", "the The"),
    ],
)
def test_two_spellings_are_one_name(tmp_path: Path, listed: str, name: str) -> None:
    read = people(tmp_path, f'name\n"{listed}"\nPia Lund\n')
    assert lines(read.rows_for([name], None)) == [2]
    read = people(tmp_path, f'name,aliases\nPia Lund,"{listed}"\n')
    assert lines(read.rows_for([name], None)) == [2]


@pytest.mark.parametrize(
    ("listed", "name", "fits"),
    [
        ("Elda Marrow", "Elda R. Marrow", True),
        ("Elda R. Marrow", "Elda Marrow", True),
        ("Elda Rosamund Marrow", "Elda R. Marrow", True),
        ("Elda R. Marrow", "Elda Rosamund Marrow", True),
        ("Elda R. Marrow", "Elda Rosamund Pia Marrow", True),
        ("Elda van Marrow", "Elda Marrow", True),
        ("Senator Elda R. Marrow", "Elda Marrow", True),
        ("Dr. Elda Marrow", "Elda Marrow", True),
        ("Elda Marrow", "Dr. Elda Marrow", True),
        ("Elda Marrow", "Sen. Elda R. Marrow", True),
        ("Elda Marrow-Lund", "Elda R. Marrow-Lund", True),
        ("Elda Marrow Jr.", "Elda R. Marrow Jr.", True),
        ("Marrow", "Mr. Marrow", True),
        ("Elda R. Marrow", "Elda S. Marrow", False),
        ("Elda Rosamund Marrow", "Elda Rut Marrow", False),
        ("Elda V. Marrow", "Elda van Marrow", False),
        ("Elda Marrow", "Marrow", False),
        ("Elda Marrow", "Elda", False),
        ("Elda Marrow", "Mrs. Marrow", False),
        ("Elda Marrow", "E. Marrow", False),
        ("E. Marrow", "E. R. Marrow", False),
        ("Elda Marrow", "Eldar Marrow", False),
        ("Eric A. Lund", "Erica Lund", False),
        ("Elda Marrow-Lund", "Elda Lund", False),
        ("Elda Marrow Jr.", "Elda Marrow", False),
        ("Elda Marrow", "Elda R. Marrow Jr.", False),
        ("Mrs. Marrow", "Marrow", False),
        ("Dean Martin Bell", "Martin Bell", False),
        ("William Hart", "Bill Hart", False),
        ("कमल", "कमली", False),
        ("Elda Marrow", "…", False),
    ],
)
def test_a_person_may_have_a_title_or_a_middle_name_more(
    tmp_path: Path, listed: str, name: str, fits: bool
) -> None:
    read = people(tmp_path, f"name,kind\nPia Lund,person\n{listed},person\n")
    assert lines(read.rows_for([name], "person")) == ([3] if fits else [])
    assert lines(read.rows_for([name], None)) == ([3] if fits else [])
    read = people(tmp_path, f"name\n{listed}\n")
    assert lines(read.rows_for([name], "person")) == ([2] if fits else [])


def test_a_group_has_no_middle_names_and_no_titles(tmp_path: Path) -> None:
    read = people(
        tmp_path, "name,kind\nFirst Bank,group\nGeneral Harbour Works,group\nFirst Inn,\n"
    )
    assert lines(read.rows_for(["First National Bank"], "group")) == []
    assert lines(read.rows_for(["Harbour Works"], "group")) == []
    assert lines(read.rows_for(["Harbour Works"], None)) == []
    assert lines(read.rows_for(["First Sarrow Inn"], None)) == []


def test_a_name_that_fits_two_rows_has_both(tmp_path: Path) -> None:
    read = people(
        tmp_path,
        "name,aliases,kind,id\nElda Marrow,,person,1\nPia Lund,Elda  Marrow,person,2\n"
        "elda marrow,,,3\nElda Marrow,,group,4\n",
    )
    assert lines(read.rows_for(["Elda Marrow"], "person")) == [2, 3, 4]
    assert lines(read.rows_for(["Elda Marrow"], "group")) == [4, 5]
    assert lines(read.rows_for(["Elda Marrow"], None)) == [2, 3, 4, 5]
    assert lines(read.rows_for(["Elda R. Marrow"], "person")) == [2, 3, 4]


def test_a_row_comes_once_however_many_of_its_names_fit(tmp_path: Path) -> None:
    text = "name,aliases\nDr. Elda Marrow,Elda Marrow;ELDA MARROW;Elda R. Marrow;Elda Rut Marrow\n"
    read = people(tmp_path, text)
    assert lines(read.rows_for(["Elda Marrow"], "person")) == [2]
    assert lines(read.rows_for(["Elda Rut Pia Marrow"], "person")) == [2]


def test_an_equal_name_goes_before_one_with_a_middle_name(tmp_path: Path) -> None:
    read = people(tmp_path, "name\nElda R. Marrow\nElda Marrow\nElda S. Marrow\n")
    assert lines(read.rows_for(["Elda Marrow"], "person")) == [3]
    assert lines(read.rows_for(["Elda R. Marrow"], "person")) == [2]
    assert lines(read.rows_for(["Elda Rut Marrow"], "person")) == [2, 3]
    assert lines(read.rows_for(["Elda T. Marrow"], "person")) == [3]


def test_the_fullest_name_goes_before_the_others(tmp_path: Path) -> None:
    read = people(tmp_path, "name,aliases\nElda Marrow,\nThe Diver,Elda Lund\n")
    assert lines(read.rows_for(["Elda Marrow", "The Diver"], "person")) == [2]
    assert lines(read.rows_for(["Osric Marrow", "The Diver"], "person")) == [3]
    assert lines(read.rows_for(["The Diver", "Elda Marrow"], "person")) == [3]
    assert lines(read.rows_for(["Osric Marrow", "Osric Lund"], "person")) == []
    assert lines(read.rows_for([], "person")) == []


def test_a_name_cut_short_does_not_bring_in_somebody_else(tmp_path: Path) -> None:
    read = people(
        tmp_path,
        "name,aliases,kind\nOsric Marrow,Marrow;E. Marrow,person\nElda Marrow,,person\n"
        "Courier,,group\nWHO,,group\n",
    )
    assert lines(read.rows_for(["Marrow"], "person")) == [2]
    assert lines(read.rows_for(["Hanna Marrow", "Marrow"], "person")) == []
    assert lines(read.rows_for(["Edda Marrow", "E. Marrow"], "person")) == []
    assert lines(read.rows_for(["Elda Marrow Jr.", "Elda Marrow", "Marrow"], "person")) == []
    assert lines(read.rows_for(["Coastal Courier", "the Courier"], "group")) == []
    assert lines(read.rows_for(["World Harbour Organization", "W.H.O."], "group")) == [5]


@pytest.mark.parametrize("kind", [None, *KINDS])
@pytest.mark.parametrize("listed", [None, *KINDS])
def test_kinds_must_not_contradict(
    tmp_path: Path, kind: SpeakerKind | None, listed: SpeakerKind | None
) -> None:
    read = people(tmp_path, f"name,kind\nNorwell Research,{listed or ''}\n")
    fits = kind is None or listed is None or kind == listed
    fits = fits or {kind, listed} in ({"author", "person"}, {"author", "group"})
    assert bool(read.rows_for(["Norwell Research"], kind)) is fits


# Size


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    rows = (f"Elda{n} R. Marrow{n % 500},E. Marrow{n},person,Q{n}" for n in range(100_000))
    read = people(tmp_path, "name,aliases,kind,id\n" + "\n".join(rows))
    assert len(read.rows) == 100_000
    assert lines(read.rows_for(["Elda99999 R. Marrow499"], "person")) == [100_001]
    assert lines(read.rows_for(["Elda7 Marrow7"], "person")) == [9]
    assert read.rows_for(["E. Marrow123"], "person")[0].columns["id"] == "Q123"
    assert read.rows_for(["Marrow7"], "person") == ()


def test_a_hundred_thousand_people_of_one_name(tmp_path: Path) -> None:
    rows = (f"Elda Marrow,Q{n}" for n in range(100_000))
    read = people(tmp_path, "name,id\n" + "\n".join(rows))
    assert len(read.rows_for(["Elda Marrow"], "person")) == 100_000


# The example


def test_the_example_fits_the_people_of_its_page() -> None:
    read = read_people(EXAMPLE)
    found = {
        name: [row.columns["id"] for row in read.rows_for(names, kind)]
        for name, names, kind in _SPEAKERS
    }
    assert found == {
        "Elda Marrow": ["SRW-0017"],
        "Osric Marrow": ["SRW-0102"],
        "Pia Lund": ["SRW-2215"],
        "Coastal Courier": ["ORG-12"],
        "Norwell Research": ["ORG-41"],
        "Tide List": ["ORG-03"],
        "Ines Calder": ["STAFF-3"],
    }
    page = (ROOT / "examples" / "harbour-barrier.html").read_text("utf-8")
    assert all(name in page for name in found)


_SPEAKERS: list[tuple[str, list[str], SpeakerKind]] = [
    ("Elda Marrow", ["Elda Marrow", "Marrow"], "person"),
    ("Osric Marrow", ["Osric Marrow", "Marrow"], "person"),
    ("Pia Lund", ["Pia Lund", "Lund"], "person"),
    ("Coastal Courier", ["the Coastal Courier"], "group"),
    ("Norwell Research", ["Norwell Research"], "group"),
    ("Tide List", ["Tide List"], "group"),
    ("Ines Calder", ["Ines Calder"], "author"),
]


def test_the_page_about_the_file_shows_the_example() -> None:
    shown = re.search(r"```csv\n(.*?)```", (ROOT / "docs" / "people.md").read_text("utf-8"), re.S)
    assert shown is not None
    assert set(shown[1].splitlines()) <= set(EXAMPLE.read_text("utf-8").splitlines())
