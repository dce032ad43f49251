"""Files of pages as the build left them: each beside its compressed forms, held in memory."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response

AnyRequest = Request[Any, Any, Any]
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
FOR_EVER = "public, max-age=31536000, immutable"  # the name changes with the content


class BuiltFile(msgspec.Struct, frozen=True):
    """One file: its content, and the same compressed, by encoding."""

    type: str
    content: bytes
    encoded: Mapping[str, bytes]
    tag: str


def built_files(folder: Path) -> Mapping[str, BuiltFile]:
    """What a folder holds, by path; nothing where nothing was built."""
    found = [each for each in folder.rglob("*") if each.suffix in TYPES]
    return {each.relative_to(folder).as_posix(): _read(each) for each in found}


def sent(request: AnyRequest, file: BuiltFile, headers: Mapping[str, str]) -> Response[bytes]:
    """A file as the browser can take it, or that it has it already."""
    told = {**headers, "etag": file.tag, "vary": "accept-encoding"}
    told["x-content-type-options"] = "nosniff"
    if request.headers.get("if-none-match") == file.tag:
        return Response(b"", status_code=304, headers=told)
    accepted = request.headers.get("accept-encoding", "")
    for encoding, content in file.encoded.items():
        if encoding in accepted:
            told["content-encoding"] = encoding
            return Response(content, media_type=file.type, headers=told)
    return Response(file.content, media_type=file.type, headers=told)


def _read(path: Path) -> BuiltFile:
    content = path.read_bytes()
    beside = {name: path.with_name(path.name + ending) for name, ending in ENCODINGS.items()}
    encoded = {name: each.read_bytes() for name, each in beside.items() if each.is_file()}
    return BuiltFile(TYPES[path.suffix], content, encoded, f'"{sha256(content).hexdigest()[:32]}"')
