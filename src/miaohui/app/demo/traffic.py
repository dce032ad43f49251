"""What the demo's traffic looks like: that of the demo log, in a shop that never closes."""

from msgspec.structs import replace

from miaohui.domain.traffic.settings import AgentSettings, Spread, TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic

SHOP, CHANNEL, PACK = "demo-shop", "demo", "demo"
WEBSITE = "website"  # the channel by which whoever looks at the demo can be a buyer
AGENTS = 6
VISITS_AN_HOUR = 150.0
HISTORY_DAYS = 5
# A day of history is quieter than an hour before the visitor's eyes, times 24.
VISITS_A_DAY = 600.0

AGENTS_AT_WORK = AgentSettings(
    around_the_clock_from_team=1,
    helpers_on_festivals=0.0,
    thinking=Spread(10, 0.7, 3, 120),
    absences=20.0,
    absence=Spread(90, 0.4, 40, 240),
    overlooks=0.03,
)
SETTINGS = TrafficSettings(channel=CHANNEL, agents=AGENTS_AT_WORK)
# In history nobody takes over the chats of somebody who walked away, and nobody answers spam.
PAST = replace(
    SETTINGS,
    agents=replace(AGENTS_AT_WORK, absences=2.0, skips_goodbye=0.0),
    nuisance=replace(SETTINGS.nuisance, spam=0.0),
)
TRAFFIC = ShopTraffic(name=SHOP, visits_a_day=VISITS_A_DAY, agents=AGENTS, has_bot=False)
