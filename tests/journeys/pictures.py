"""Pictures of screens, and whether two of them show the same.

They are compared coarsely: half as large, as means of small tiles. Letters drawn a little otherwise
by another version of the browser or of its fonts are the same; a word, a colour or a button that
changed is not.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

TILE = 12  # pixels of the halved picture
MOST = 14  # of 255: how far the mean of a tile may be off
COLOURS = 256  # of a kept picture, to be small


def compared(taken: bytes, kept: Path) -> str | None:
    """What is wrong with a picture just taken; the difference is written beside the one kept."""
    now = halved(taken)
    if not kept.exists():
        return f"{kept.name}: there is none yet; take it by `make snapshots`"
    with Image.open(kept) as opened:
        before = opened.convert("RGB")
    if now.size != before.size:
        return f"{kept.name}: {before.size} has become {now.size}"
    difference = ImageChops.difference(now, before)
    off = max(most for _, most in difference.reduce(TILE).getextrema())  # type: ignore[misc]
    if off <= MOST:
        return None
    now.save(kept.with_suffix(".now.png"))
    difference.point(lambda value: min(255, 3 * value)).save(kept.with_suffix(".difference.png"))
    return f"{kept.name}: a tile is off by {off}, {MOST} is allowed; see the pictures beside it"


def keep(taken: bytes, into: Path) -> None:
    """A picture for those to come to be compared with."""
    into.parent.mkdir(exist_ok=True)
    halved(taken).quantize(COLOURS, kmeans=4, dither=Image.Dither.NONE).save(into, optimize=True)


def halved(taken: bytes) -> Image.Image:
    """A screenshot, half as large."""
    with Image.open(BytesIO(taken)) as opened:
        return opened.convert("RGB").reduce(2)
