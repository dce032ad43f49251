"""How a text file is written, and its bytes as UTF-8 in blocks.

What cannot be decoded stays undecodable in the UTF-8 (as bytes that are never valid there), so
that the rows it stands in can be rejected one by one.
"""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

BLOCK_BYTES = 4 << 20
SAMPLE_BYTES = 1 << 20

Progress = Callable[[int, int], None]


class Encoding(msgspec.Struct, frozen=True):
    """`name` is Python's codec, `mark` the bytes of its byte order mark, `newline` the end of a
    line (`\\r` only on files of very old machines)."""

    name: str
    mark: int = 0
    newline: str = "\n"


MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def detect_encoding(path: Path) -> Encoding:
    """UTF-8 and UTF-16 by their mark; else UTF-8 or GB18030 by the first lines beyond ASCII."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark), newline_of(head[len(mark) :].decode(name, "replace")))
    name = "utf-8" if mostly_utf8(first_beyond_ascii(path)) else "gb18030"
    return Encoding(name, 0, newline_of(head.decode("latin-1")))


def newline_of(head: str) -> str:
    """The line end of a text by its head."""
    return "\r" if "\r" in head and "\n" not in head else "\n"


def first_beyond_ascii(path: Path) -> bytes:
    """The first block of a file that is not plain ASCII, from that point on; empty if none is."""
    with path.open("rb") as file:
        while block := file.read(SAMPLE_BYTES):
            if not block.isascii():
                more = block + file.read(SAMPLE_BYTES)
                return more[next(i for i, byte in enumerate(more) if byte > 127) :]
    return b""


def mostly_utf8(sample: bytes) -> bool:
    """Whether most lines beyond ASCII are valid UTF-8; text in GB18030 hardly ever is."""
    if is_utf8(sample):
        return True
    foreign = [line for line in sample.split(b"\n")[:10_000] if not line.isascii()]
    valid = sum(is_utf8(line) for line in foreign)
    return 2 * valid >= len(foreign)


def is_utf8(line: bytes) -> bool:
    """Whether the bytes are UTF-8, a character cut at the very end aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True


def utf8_blocks(path: Path, encoding: Encoding, progress: Progress | None) -> Iterator[bytes]:
    """The file as UTF-8 in blocks cut anywhere, every line ending in `\\n`."""
    blocks = as_utf8(raw_blocks(path, encoding.mark, progress), encoding.name)
    if encoding.newline == "\r":
        return (block.replace(b"\r", b"\n") for block in blocks)
    return blocks


def raw_blocks(path: Path, start: int, progress: Progress | None) -> Iterator[bytes]:
    """The bytes of a file in blocks, telling how far it has read."""
    total = path.stat().st_size
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK_BYTES):
            yield block
            if progress is not None:
                progress(min(file.tell(), total), total)


def as_utf8(blocks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Blocks of another encoding as UTF-8."""
    if name == "utf-8":
        yield from blocks
        return
    errors = "surrogatepass" if name.startswith("utf-16") else "surrogateescape"
    decoder = codecs.getincrementaldecoder(name)(errors)
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")
    try:
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        yield b"\xff"
