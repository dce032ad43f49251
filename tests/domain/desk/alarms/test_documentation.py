"""The page on alarms says what the code does."""

import re
from pathlib import Path

import msgspec

from miaohui.domain.desk.alarms.settings import USUAL_LADDERS, AlarmSettings, Kind, Level, Way
from miaohui.domain.desk.alarms.settings_validation import problems_of

PAGE = (Path(__file__).parents[4] / "docs" / "alarms.md").read_text("utf-8")
WAYS = {Way.WEB_PUSH: "web push", Way.EMAIL: "e-mail"}


def test_the_example_on_the_page_works():
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "alarms.md", "exec"), names)
    assert names["told"]


def test_the_settings_on_the_page_are_sound():
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert problems_of(msgspec.json.decode(example, type=AlarmSettings)) == []


def test_every_word_of_the_settings_is_on_the_page():
    for word in (*Kind, *Level, *Way):
        assert f"`{word.value}`" in PAGE, word


def test_the_usual_ladders_are_those_on_the_page():
    for kind, ladder in USUAL_LADDERS.items():
        steps = [
            f"{step.level} {step.seconds} ".replace("-", "−")
            + ", ".join(WAYS.get(way, way.value) for way in step.ways)
            for step in sorted(ladder, key=lambda step: step.seconds)
        ]
        assert f"| `{kind}` | {' · '.join(steps)} |" in PAGE, kind
