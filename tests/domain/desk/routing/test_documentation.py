"""The page on routing says what the code does."""

import re
from pathlib import Path

from miaohui.domain.desk.routing.choice import Reason
from miaohui.domain.desk.routing.policy import Preference

PAGE = (Path(__file__).parents[4] / "docs" / "routing.md").read_text("utf-8")


def test_the_example_on_the_page_works():
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "routing.md", "exec"), names)
    assert names["choice"].account == "小美"


def test_every_reason_and_preference_is_on_the_page():
    for word in (*Reason, *Preference):
        assert f"`{word.value}`" in PAGE, word
