"""`miaohui demo-buyers` and `demo-staff`: who plays in a demo, each a process of its own."""

import asyncio
import os
from pathlib import Path

from miaohui.app.config import read_settings
from miaohui.app.demo.buyers import play_buyers
from miaohui.app.demo.house import SETTINGS
from miaohui.app.demo.logins import LOGINS, read_logins
from miaohui.app.demo.staff import play_staff
from miaohui.app.demo.traffic import CHANNEL, VISITS_AN_HOUR


def demo_buyers(folder: Path, address: str, visits: float | None, pace: float, seed: int) -> None:
    """Be the buyers of a demo's shop in the house at an address."""
    webhook = read_settings(folder / SETTINGS, os.environ).webhooks[CHANNEL]
    asyncio.run(play_buyers(address, CHANNEL, webhook, seed, visits or VISITS_AN_HOUR, pace))


def demo_staff(folder: Path, address: str, pace: float, seed: int) -> None:
    """Be its agents, but for the one who is left to whoever looks at the demo."""
    asyncio.run(play_staff(address, read_logins(folder / LOGINS), pace, seed))
