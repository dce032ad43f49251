"""The parameters of the routing trial, written down before the policy that it judges.

Everything a buyer or an agent does is the demo log's (`domain/traffic/settings.py`), put
together in `RushSettings`; of the demo log's limits of chats at once (`traffic/plan.py`) the
largest, 8, with which the other policies do about as in the rough trial that set the bars.
Settings of the policies were tried on seeds named `tune:…`, never on those of `SEEDS`.
"""

from random import Random

from miaohui.domain.traffic.rush.crowd import Crowd, crowd_of
from miaohui.domain.traffic.rush.settings import RushSettings

TRIAL = RushSettings()
LOADS = (0.60, 0.70, 0.85, 0.95, 1.00, 1.10)
SEEDS = tuple(range(101, 131))
LOST_BOUND_SECONDS = 900


def crowd(load: float, seed: int, settings: RushSettings = TRIAL) -> Crowd:
    """The evening of one seed at one load: the same for every policy."""
    return crowd_of(settings, load, Random(f"trial:{seed}:{load}"))
