"""What traffic looks like, as data: every share, spread and shape that the model draws from.

Shares are 0–1. The defaults are a believable clothes shop; they are no platform's figures.
"""

import msgspec


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the settings."""


class Spread(msgspec.Struct, frozen=True):
    """A lognormal duration in seconds, cut at `least` and `most`."""

    median: float
    sigma: float
    least: float = 0.0
    most: float = 1e9


class Promotion(Frozen, frozen=True, kw_only=True):
    """A shopping festival, every year: `factor` times the visits on its days.

    `midnight` is how much more the first two hours of its first day weigh.
    """

    name: str
    month: int
    day: int
    days: int = 1
    factor: float
    midnight: float = 1.0


class Shift(msgspec.Struct, frozen=True):
    """Hours of a local day, as fractions: 8.5 is 08:30, 32 is 08:00 of the next day."""

    start: float
    end: float


class ArrivalSettings(Frozen, frozen=True):
    """When visits begin. `hours` are 24 weights, `weekdays` seven factors from Monday on."""

    utc_offset_minutes: int = 480
    hours: tuple[float, ...] = (
        *(1.6, 0.9, 0.5, 0.3, 0.3, 0.4, 0.8, 1.6, 2.8, 4.2, 5.2, 5.4),
        *(5.2, 5.1, 5.2, 5.3, 5.2, 5.0, 5.0, 6.4, 9.6, 10.0, 7.0, 3.6),
    )
    weekdays: tuple[float, ...] = (0.97, 0.95, 0.96, 0.97, 1.0, 1.07, 1.08)
    promotions: tuple[Promotion, ...] = (
        Promotion(name="3.8", month=3, day=8, factor=1.4),
        Promotion(name="6.18", month=6, day=18, factor=2.2, midnight=3.0),
        Promotion(name="8.18", month=8, day=18, factor=1.3),
        Promotion(name="11.11", month=11, day=11, factor=2.6, midnight=4.0),
        Promotion(name="12.12", month=12, day=12, factor=1.8, midnight=2.0),
    )


class BuyerSettings(Frozen, frozen=True):
    """What a buyer does. Weights count from one: one round, two rounds, … ."""

    rounds: tuple[float, ...] = (50, 29, 14, 7)
    messages: tuple[float, ...] = (58, 29, 13)
    between_messages: Spread = Spread(6, 0.7, 1, 90)
    thinking: Spread = Spread(38, 0.8, 5, 600)
    patience: Spread = Spread(420, 0.6, 120, 3600)
    says_hello: float = 0.28
    sends_emoji: float = 0.05
    sends_image: float = 0.06
    shows_product: float = 0.35
    says_thanks: float = 0.25
    asks_again: float = 0.6
    complains_when_ignored: float = 0.02
    comes_back: float = 0.2
    comes_back_after: tuple[float, ...] = (45, 25, 15, 8, 7)
    rates: float = 0.12
    rates_after: Spread = Spread(600, 1.0, 30, 20_000)
    ratings: tuple[float, ...] = (4, 3, 8, 25, 60)


class AgentSettings(Frozen, frozen=True):
    """How agents work. A reply takes `thinking` × the agent's pace × (1 + slowdown per further
    chat held), and begins when the agent has done `writing` the one before. `absences` is the
    mean number of unannounced breaks in a full shift. On a festival nobody has a day off, and
    a team has helpers, as a share of its agents."""

    shifts: tuple[Shift, ...] = (Shift(8.5, 20.5), Shift(14.5, 23.0), Shift(10.0, 22.0))
    alone: Shift = Shift(8.5, 22.5)
    around_the_clock_from_team: int = 6
    around_the_clock: tuple[Shift, ...] = (
        *(Shift(8.0, 20.0), Shift(14.5, 23.5), Shift(10.0, 22.0)),
        *(Shift(14.5, 23.5), Shift(8.0, 20.0), Shift(22.0, 32.0)),
    )
    helpers_on_festivals: float = 0.5
    thinking: Spread = Spread(14, 0.9, 3, 900)
    writing: Spread = Spread(18, 0.6, 3, 90)
    slowdown: float = 0.15
    absences: float = 3.0
    absence: Spread = Spread(600, 0.6, 120, 3600)
    day_off_from_team: int = 3
    assisted: float = 0.2
    says_more: float = 0.35
    between_messages: Spread = Spread(7, 0.5, 2, 20)
    overlooks: float = 0.02
    skips_goodbye: float = 0.08
    transfers: float = 0.02
    recalls: float = 0.002
    lingers: Spread = Spread(150, 0.5, 30, 900)


class BotSettings(Frozen, frozen=True):
    """What the bot of a shop does."""

    thinking: Spread = Spread(1.2, 0.4, 0.4, 5)
    shows_menu: float = 0.15
    tries: float = 0.7
    satisfies: float = 0.5


class TradeSettings(Frozen, frozen=True):
    """What becomes of a visit. Times count from the visit's end or the step before."""

    orders: float = 0.3
    orders_after: Spread = Spread(240, 1.0, 10, 7200)
    pays: float = 0.9
    pays_after: Spread = Spread(25, 0.8, 5, 1500)
    groups: float = 0.5
    ships_after: Spread = Spread(64_800, 0.4, 7200, 172_800)
    tells_of_shipping: float = 0.25
    signs_after: Spread = Spread(216_000, 0.3, 86_400, 600_000)
    reviews: float = 0.15
    refunds: float = 0.06
    refunds_after_sale: float = 0.15
    refund_takes: Spread = Spread(90_000, 0.8, 1800, 400_000)
    refund_succeeds: float = 0.85
    seeks_help: float = 0.01
    complaint_takes: Spread = Spread(60_000, 0.9, 3600, 300_000)


class NuisanceSettings(Frozen, frozen=True):
    """Buyers who are none."""

    spam: float = 0.006
    reported_after: Spread = Spread(240, 0.8, 20, 3600)
    verdict_after: Spread = Spread(10_000, 0.8, 600, 80_000)
    confirmed: float = 0.7
    staff: float = 0.002
    malicious: float = 0.002


class TrafficSettings(Frozen, frozen=True):
    """The whole model. `deliveries` adds one delivery event to every message of the shop."""

    channel: str = "simulator"
    deliveries: bool = False
    delivery_takes: Spread = Spread(0.4, 0.5, 0.05, 5)
    delivery_fails: float = 0.003
    arrivals: ArrivalSettings = ArrivalSettings()
    buyers: BuyerSettings = BuyerSettings()
    agents: AgentSettings = AgentSettings()
    bots: BotSettings = BotSettings()
    trade: TradeSettings = TradeSettings()
    nuisance: NuisanceSettings = NuisanceSettings()
