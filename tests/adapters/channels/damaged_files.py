"""Files as they should not be: every one must end in a clear message or in reject rows.

`python -m tests.adapters.channels.damaged_files FOLDER` writes them all.
"""

import codecs
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
from tests.adapters.channels.tables_for_tests import HEADERS

Damaged = tuple[str, bytes]

ROW = '王记,web,b{n},b{n},2026-11-01T08:{n:02}:00+08:00,{actor},,,text,您好{n}，请问"{n}"？,,m{n}\n'


def plain(rows: int = 40) -> str:
    """A sound table, quotes in its texts and all."""
    lines = [
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line.strip().split(","))
        for n in range(rows)
        for line in [ROW.format(n=n % 60, actor="agent" if n % 2 else "buyer")]
    ]
    return HEADERS + "\n" + "\n".join(lines) + "\n"


def workbook() -> bytes:
    """A sound workbook."""
    book = openpyxl.Workbook()
    for line in plain().splitlines():
        book.worksheets[0].append(line.replace('"', "").split(",")[:12])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet() -> bytes:
    """A sound Parquet file."""
    stream = BytesIO()
    pl.read_csv(plain().encode(), infer_schema=False).write_parquet(stream)
    return stream.getvalue()


def jsonl() -> bytes:
    """A sound JSONL file."""
    stream = BytesIO()
    pl.read_csv(plain().encode(), infer_schema=False).write_ndjson(stream)
    return stream.getvalue()


def damaged_files() -> Iterator[Damaged]:
    """Names and contents of all of them, small ones only; the same every time."""
    chance = random.Random(20261101)
    sound = (("csv", plain().encode()), ("xlsx", workbook()), ("parquet", parquet()))
    for kind, whole in (*sound, ("jsonl", jsonl())):
        yield from cuts(kind, whole)
        yield from flips(kind, whole, chance)
        yield from strangers(kind, whole)
    for make in (wrong_encodings, wrong_separators, wrong_headers, wrong_cells, wrong_workbooks):
        yield from make()


def cuts(kind: str, whole: bytes) -> Iterator[Damaged]:
    """The beginning of a file."""
    for part in range(1, 16):
        yield f"cut-{part:02}.{kind}", whole[: len(whole) * part // 16]


def flips(kind: str, whole: bytes, chance: random.Random) -> Iterator[Damaged]:
    """Some bytes replaced."""
    for number in range(15):
        data = bytearray(whole)
        for _ in range(1 + number * 3):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield f"flipped-{number:02}.{kind}", bytes(data)


def strangers(kind: str, whole: bytes) -> Iterator[Damaged]:
    """Bytes that do not belong there."""
    yield f"nul-inside.{kind}", whole[:400] + b"\0" * 50 + whole[400:]
    yield f"nul-before.{kind}", b"\0\0\0\0" + whole
    yield f"twice.{kind}", whole + whole
    yield f"reversed.{kind}", whole[::-1]
    yield f"only-its-magic.{kind}", whole[:4]


def wrong_encodings() -> Iterator[Damaged]:
    """Text that is not in one encoding."""
    text = plain()
    for name in ("gb18030", "big5", "shift_jis", "utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        data = text.encode(name, "replace")
        yield f"in-{name}.csv", data
        yield f"in-{name}-cut-inside-a-character.csv", data[:-15]
        yield f"in-{name}-with-utf-8.csv", data + "b,亲\n".encode()
    yield "two-encodings.csv", text.encode() + text.encode("gb18030")
    yield "utf-16-odd.csv", codecs.BOM_UTF16_LE + text.encode("utf-16-le")[:-3]
    yield "lone-surrogate.csv", codecs.BOM_UTF16_LE + text.encode("utf-16-le") + b"\x00\xd8\n\0"
    yield "latin.csv", text.replace("您好", "señor").encode("latin-1", "replace")
    yield "mark-only.csv", codecs.BOM_UTF8
    yield "cut-character.csv", text.encode()[:-9]


def wrong_separators() -> Iterator[Damaged]:
    """Cells that are not cut as the headers are."""
    for mark in ("^", "~", " ", ":", "::", "\x01", "\u3000", "，"):
        yield f"separated-by-{ord(mark[0]):x}-{len(mark)}.csv", plain().replace(",", mark).encode()
    header, rest = plain().split("\n", 1)
    yield "rows-by-semicolon.csv", (header + "\n" + rest.replace(",", ";")).encode()
    yield "rows-by-tab.csv", (header + "\n" + rest.replace(",", "\t")).encode()


def wrong_headers() -> Iterator[Damaged]:
    """Columns missing, doubled, or none at all."""
    names = HEADERS.split(",")
    for name in names:
        yield f"without-{name}.csv", plain().replace(name, "etwas", 1).encode()
    yield "no-header.csv", plain().split("\n", 1)[1].encode()
    yield "header-only.csv", (HEADERS + "\n").encode()
    yield "header-at-the-end.csv", "\n".join(plain().splitlines()[::-1]).encode()
    yield "all-the-same-header.csv", plain().replace(HEADERS, ",".join(["at"] * 12)).encode()
    yield "thousand-columns.csv", (",".join(f"c{i}" for i in range(1000)) + "\n").encode() * 20
    yield "empty.csv", b""
    yield "blank.csv", b"\n \n\t\n"
    yield "only-quotes.csv", b'"' * 5_001
    yield "only-commas.csv", b"," * 100_000
    yield "page.csv", b"<html><body><table><tr><td>at</td></tr></table></body></html>"
    yield "list.jsonl", b'[{"at": 1}]\n'
    yield "nested.jsonl", b'{"at":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    yield "numbers.jsonl", b'{"at":1e400,"actor":-0.0,"buyer":123456789012345678901234567890}\n'


def wrong_cells() -> Iterator[Damaged]:
    """One kind of nonsense in a column, in otherwise sound rows."""
    base = "王记,web,b1,b1,{at},{actor},{origin},,{kind},{text},,\n"
    fine = {
        "at": "2026-11-01 08:00", "actor": "buyer", "origin": "", "kind": "text", "text": "hi",
    }  # fmt: skip
    wrong = {
        "at": [
            "2026-02-30 08:00", "2026-13-01 08:00", "31/12/2026", "25:00", "0", "-1", "1e300",
            "99999999999999999999999", "2026-11-01T08:00:00+99:00", "昨天", "=NOW()", "#N/A",
            "٢٠٢٦-١١-٠١ ٠٨:٠٠",
        ],
        "actor": ["买家", "robot", "=1+1", "'", "a" * 5_000],
        "origin": ["copied", "=cmd|' /C calc'!A0"],
        "kind": ["Text", "a b", "..", "buyer.marked", "x" * 100_000],
        "text": ["\0", "\x1b[31m", "=HYPERLINK(1)", '"', '"open', 'a"b', "\r", "y" * 2_000_000],
    }  # fmt: skip
    for column, cells in wrong.items():
        for number, cell in enumerate(cells):
            bad = base.format(**fine | {column: cell})
            content = f"{HEADERS}\n{base.format(**fine)}{bad}{base.format(**fine)}"
            yield f"{column}-{number:02}.csv", content.encode()
    yield "ragged.csv", (HEADERS + "\n" + "".join("," * n + "\n" for n in range(40))).encode()
    zones = "".join(base.format(**fine | {"at": f"2026-11-01T08:00:00{z}"}) for z in ZONES)
    yield "mixed-zones.csv", f"{HEADERS}\n{zones}".encode()


ZONES = ("", "Z", "+08:00", "-0500", "+05", " UTC", "+24:00", "CST", "[Asia/Shanghai]")


def wrong_workbooks() -> Iterator[Damaged]:
    """Archives that are no workbook, or more than one should open."""
    yield "zip-of-nothing.xlsx", archive({})
    yield "zip-of-text.xlsx", archive({"hello.txt": b"hello"})
    yield "bomb.xlsx", sheet_of(b"<row>" + b" " * (300 << 20) + b"</row>")
    yield (
        "far-cell.xlsx",
        sheet_of(
            b'<row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    )
    yield "laughs.xlsx", sheet_of(b"&lol9;", LAUGHS)
    yield "formulas.xlsx", formulas()
    yield "many-entries.xlsx", archive({f"f{n}.xml": b"" for n in range(6_000)})


LAUGHS = b"<!DOCTYPE l [<!ENTITY lol0 'lol'>%s]>" % b"".join(
    b"<!ENTITY lol%d '%s'>" % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)
)


def formulas() -> bytes:
    """Formulas that were never computed."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["buyer", "at", "actor", "text"])
    book.worksheets[0].append(["b", "=NOW()", "buyer", '=HYPERLINK("x")'])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return stream.getvalue()


def sheet_of(rows: bytes, prolog: bytes = b"") -> bytes:
    """A workbook whose only sheet has these rows."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    whole = entries_of(workbook())
    whole["xl/worksheets/sheet1.xml"] = (
        prolog + b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    )
    return archive(whole)


def entries_of(data: bytes) -> dict[str, bytes]:
    """What a ZIP holds."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


# Too big to be made for every run of the tests: written block by block.

Writer = Callable[[Path], None]


def one_line(path: Path, megabytes: int) -> None:
    """A file whose second line never ends, then one sound row."""
    with path.open("wb") as file:
        file.write(plain(1).encode())
        for _ in range(megabytes):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + plain(1).split("\n", 1)[1].encode())


def open_quote(path: Path, megabytes: int) -> None:
    """A quote that is never closed, and rows after it."""
    rows = plain(60).split("\n", 1)[1].replace('"', "").encode()
    with path.open("wb") as file:
        file.write(HEADERS.encode() + b'\n"never closed')
        for _ in range(megabytes * (1 << 20) // len(rows)):
            file.write(rows)


def long_records(path: Path, megabytes: int) -> None:
    """Records just below the limit."""
    with path.open("wb") as file:
        file.write(HEADERS.encode() + b"\n")
        for _ in range(megabytes):
            file.write(b"s,w,b,b,2026-11-01T08:00:00Z,buyer,,,text,")
            file.write(b"x" * ((1 << 20) - 100) + b",,\n")


def nothing_but(byte: bytes) -> Callable[[Path, int], None]:
    """One byte over and over."""

    def write(path: Path, megabytes: int) -> None:
        with path.open("wb") as file:
            file.write(HEADERS.encode() + b"\n")
            for _ in range(megabytes):
                file.write(byte * (1 << 20))

    return write


def one_json_line(path: Path, megabytes: int) -> None:
    """A JSON text that never ends."""
    with path.open("wb") as file:
        file.write(jsonl().split(b"\n")[0] + b'\n{"text":"')
        for _ in range(megabytes):
            file.write(b"x" * (1 << 20))


BIG: dict[str, Callable[[Path, int], None]] = {
    "one-line.csv": one_line,
    "open-quote.csv": open_quote,
    "long-records.csv": long_records,
    "nuls.csv": nothing_but(b"\0"),
    "newlines.csv": nothing_but(b"\n"),
    "quotes.csv": nothing_but(b'"'),
    "returns.csv": nothing_but(b"\r"),
    "one-line.jsonl": one_json_line,
}


if __name__ == "__main__":
    for file_name, content in damaged_files():
        (Path(sys.argv[1]) / file_name).write_bytes(content)
