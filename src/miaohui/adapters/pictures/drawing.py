"""The process that draws one picture anew, within the memory and the time it is given.

A program of its own, because decoders read what strangers send: what a hostile file asks for must
end this process, not the house. Reads a file from its standard input; writes MessagePack, a
picture or the key of a problem.
"""

import io
import sys
import warnings

import msgspec
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from miaohui.adapters.storage.media_ports import Picture

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
MEMORY_BYTES = 1 << 30
PROCESSOR_SECONDS = 8
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4_096  # of what is kept; no screen shows more
LONGEST_PREVIEW_SIDE = 480
MOST_MOVING_PIXELS = 60_000_000  # of all frames together; what moves longer stands still
MOST_FRAMES = 200
QUALITY, PREVIEW_QUALITY = 88, 78
UNKNOWN, TOO_MANY = "picture.unknown_type", "picture.too_many_pixels"
DAMAGED = "picture.damaged"

Told = Picture | str


def main() -> None:
    """Draw what comes in and write what became of it."""
    _limit()
    warnings.simplefilter("ignore")
    sys.stdout.buffer.write(msgspec.msgpack.encode(drawn(sys.stdin.buffer.read())))


def drawn(body: bytes) -> Told:
    """The picture in a file, or the key of what is wrong with it."""
    try:
        with Image.open(io.BytesIO(body), formats=list(FORMATS)) as image:
            if image.width * image.height > MOST_PIXELS:
                return TOO_MANY
            return _moving(image) if _may_move(image) else _still(image)
    except UnidentifiedImageError:
        return UNKNOWN
    except Image.DecompressionBombError:
        return TOO_MANY
    except (OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError, MemoryError):
        # Whatever a decoder stumbles over: the file says one thing and holds another.
        return DAMAGED


def _may_move(image: Image.Image) -> bool:
    frames = getattr(image, "n_frames", 1)
    pixels = image.width * image.height * frames
    return 1 < frames <= MOST_FRAMES and pixels <= MOST_MOVING_PIXELS


def _still(image: Image.Image) -> Picture:
    """One frame, upright. Only the pixels go over: no metadata, no palette, no comments."""
    kind = image.format or ""
    upright = ImageOps.exif_transpose(image).convert("RGBA" if _is_clear(image) else "RGB")
    if kind == "JPEG":
        upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    _bare(upright).save(written, kind, quality=QUALITY)
    return _told(kind, upright, written)


def _moving(image: Image.Image) -> Picture:
    """All frames, each for as long as it was shown."""
    kind = image.format or ""
    frames = [_bare(frame.convert("RGBA")) for frame in ImageSequence.Iterator(image)]
    durations = [
        int(frame.info.get("duration", 100)) or 100 for frame in ImageSequence.Iterator(image)
    ]
    written = io.BytesIO()
    first, *others = frames
    first.save(
        written,
        kind,
        save_all=True,
        append_images=others,
        duration=durations,
        loop=0,
        quality=QUALITY,
        disposal=2,
    )
    return _told(kind, first, written)


def _told(kind: str, upright: Image.Image, written: io.BytesIO) -> Picture:
    small = upright.copy()
    small.thumbnail((LONGEST_PREVIEW_SIDE, LONGEST_PREVIEW_SIDE))
    preview = io.BytesIO()
    small.save(preview, "WEBP", quality=PREVIEW_QUALITY)
    return Picture(FORMATS[kind], *upright.size, written.getvalue(), preview.getvalue())


def _bare(image: Image.Image) -> Image.Image:
    image.info = {}
    return image


def _is_clear(image: Image.Image) -> bool:
    """Whether anything behind it shines through."""
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _limit() -> None:
    """Cap memory and time of this process where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the house ends the process in time
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
