"""The page's colours keep the contrast that the design promises, in both themes."""

import re
from importlib.resources import files

import pytest

STYLE = (files("miaohui.adapters.reports") / "html" / "report.css").read_text("utf-8")
DECLARED = re.compile(r"--([\w-]+): ([^;]+);")
TEXT = ["text-1", "text-2", "text-3", "accent", "ok", "warn", "bad", "lost"]
MARKS = ["accent", "bad-mark", "lost-mark", "text-1"]


def themes():
    light, dark = STYLE.split("@media screen and (prefers-color-scheme: dark)", 1)
    values = dict(DECLARED.findall(light))
    return {"light": values, "dark": values | dict(DECLARED.findall(dark.split("@media", 1)[0]))}


def luminance(tokens, name):
    value = tokens[name]
    while value.startswith("var("):
        value = tokens[value[6:-1]]
    digits = value[1:] if len(value) == 7 else "".join(one * 2 for one in value[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens, one, other):
    high, low = sorted((luminance(tokens, one), luminance(tokens, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_at_least_4_5_on_every_ground(theme):
    tokens = themes()[theme]
    pairs = [(text, ground) for text in TEXT for ground in ("bg-surface", "bg-page")]
    pairs += [(state, f"{state}-bg") for state in ("ok", "warn", "bad", "lost")]
    pairs += [(f"heat-ink-{level}", f"heat-{level}") for level in range(1, 7)]
    low = {pair: contrast(tokens, *pair) for pair in pairs if contrast(tokens, *pair) < 4.5}
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_have_at_least_3_on_the_surface(theme):
    tokens = themes()[theme]
    assert min(contrast(tokens, mark, "bg-surface") for mark in MARKS) >= 3
