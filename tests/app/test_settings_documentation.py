"""The table of settings in docs/serving.md is the settings that there are."""

import re
from pathlib import Path

import msgspec

from miaohui.app.config import WEBHOOKS, Settings, WebhookSettings, variable

PAGE = Path(__file__).parents[2] / "docs" / "serving.md"
ROW = re.compile(r"^\| `([a-z_.<>]+)` \| (.+?) \| (.*?) ?\| (.+) \|$", re.MULTILINE)
UNSET = "–"


def documented() -> dict[str, tuple[str, str]]:
    """Default and variable of every setting in the table."""
    section = PAGE.read_text("utf-8").split("\n## ")[2]
    assert section.startswith("设置 · Settings")
    return {row[0]: (row[1].strip("`"), row[2].strip("`")) for row in ROW.findall(section)}


def shown(default: object) -> str:
    match default:
        case None | msgspec.NODEFAULT:
            return UNSET
        case bool():
            return str(default).lower()
        case _:
            return str(default)


def expected() -> dict[str, tuple[str, str]]:
    house = {
        field.name: (shown(field.default), variable(field.name))
        for field in msgspec.structs.fields(Settings)
        if field.name != WEBHOOKS
    }
    of_webhooks = {
        f"{WEBHOOKS}.<id>.{field.name}": (shown(field.default), "")
        for field in msgspec.structs.fields(WebhookSettings)
    }
    return house | of_webhooks


def test_every_setting_is_told_with_its_default_and_its_variable():
    assert documented() == expected()
