"""Pictures of every kind, honest and hostile ones, drawn anew by a real process."""

import asyncio
import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from miaohui.adapters.pictures.workshop import Workshop
from miaohui.adapters.storage.media_ports import Picture
from miaohui.domain.vocabulary.problems import Problem

SECRET = b"31.2304 N, 121.4737 E"
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def drawing(width: int = 640, height: int = 400) -> Image.Image:
    """A red field with a blue square in its upper left corner."""
    image = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(image).rectangle((0, 0, 99, 99), fill="blue")
    return image


def written(image: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def redrawn(body: bytes, **more: float) -> Picture | Problem:
    async def story() -> Picture | Problem:
        return await Workshop(**more).redraw(body)

    return asyncio.run(story())


def opened(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_keeps_its_type_and_its_size_and_gets_a_small_preview(kind):
    told = redrawn(written(drawing(), kind))
    assert isinstance(told, Picture), told
    assert (told.type, told.width, told.height) == (KINDS[kind], 640, 400)
    assert (opened(told.body).format, opened(told.body).size) == (kind, (640, 400))
    assert (opened(told.preview).format, opened(told.preview).size) == ("WEBP", (480, 300))


def test_where_and_when_it_was_taken_is_gone_and_it_stands_upright():
    data = Image.Exif()
    data[0x0112] = 6  # turned by a quarter
    data[0x010E] = SECRET.decode()
    body = written(drawing(), "JPEG", exif=data, comment=SECRET)
    assert SECRET in body
    told = redrawn(body)
    assert isinstance(told, Picture)
    assert SECRET not in told.body + told.preview
    assert (told.width, told.height) == (400, 640)
    image = opened(told.body)
    assert not dict(image.getexif())
    right, left = image.getpixel((390, 10)), image.getpixel((10, 10))
    assert isinstance(right, tuple)
    assert isinstance(left, tuple)
    assert right[2] > 200 > 50 > left[2]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_is_hidden_behind_the_pixels_does_not_come_along(kind):
    honest = written(drawing(), kind)
    told = redrawn(honest + b"<script>alert(1)</script>" + SECRET)
    assert isinstance(told, Picture)
    assert SECRET not in told.body
    assert b"<script" not in told.body


def test_what_shines_through_still_does():
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    told = redrawn(written(clear, "PNG"))
    assert isinstance(told, Picture)
    pixel = opened(told.body).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[3] == 0


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_still_moves(kind):
    frames = [Image.new("RGB", (60, 40), each) for each in ("red", "green", "blue")]
    body = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=120)
    told = redrawn(body)
    assert isinstance(told, Picture)
    assert getattr(opened(told.body), "n_frames", 1) == 3


def test_a_huge_photograph_is_made_smaller():
    told = redrawn(written(drawing(6000, 3000), "JPEG", quality=30))
    assert isinstance(told, Picture)
    assert (told.width, told.height) == (4096, 2048)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked():
    told = redrawn(bomb(60_000, 60_000))
    assert told == Problem("picture.too_many_pixels")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7 and so on",
        b"MZ" + bytes(500),
    ],
)
def test_what_is_no_picture_is_refused(body):
    assert redrawn(body) == Problem("picture.unknown_type")


def test_another_kind_of_picture_is_refused():
    assert redrawn(written(drawing(), "BMP")) == Problem("picture.unknown_type")


def test_a_picture_cut_in_half_is_refused():
    body = written(drawing(), "PNG")
    assert redrawn(body[: len(body) // 2]) == Problem("picture.damaged")


def test_a_file_that_is_too_large_is_not_even_looked_at():
    assert redrawn(bytes(5_000_001)) == Problem("picture.too_large", {"most": 5})


def test_whoever_is_too_slow_is_ended():
    assert redrawn(written(drawing(), "PNG"), whole_seconds=0.001) == Problem("picture.too_slow")


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
