"""Everything that lives while one shop is played."""

from collections import deque
from random import Random

from miaohui.domain.traffic.agenda import Agenda, Step
from miaohui.domain.traffic.agents import Agent, Craft, team_of
from miaohui.domain.traffic.book import Dialogue, book_of
from miaohui.domain.traffic.buyers import Buyer, Habits
from miaohui.domain.traffic.chance import Dice, durations
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic
from miaohui.domain.traffic.trace import NOBODY, SILENT, Trace

MAIN_ACCOUNT = 0


class Visit:
    """One buyer's concern on one day, until it is closed.

    `due` is the instant at which the agent will act; a step that comes at any other instant is
    stale. `served_by` is the step that hears each round: the bot's, or the people's.
    """

    __slots__ = (
        *("agent", "buyer", "dialogue", "due", "gives_up_at", "last", "over", "round"),
        *("rounds", "served_by", "thanks", "waiting"),
    )

    def __init__(self, buyer: Buyer, dialogue: Dialogue, rounds: int, served_by: Step) -> None:
        self.buyer = buyer
        self.dialogue = dialogue
        self.rounds = rounds
        self.served_by = served_by
        self.agent: Agent | None = None
        self.round = 0
        self.due = 0
        self.last = 0
        self.gives_up_at = 0
        self.waiting = False
        self.thanks = False
        self.over = False


class Stage:
    """One shop in play: its people, its queue, its clock and what has been written down."""

    __slots__ = (
        *("agenda", "book", "buyers", "craft", "dice", "habits", "on_duty", "orders", "queue"),
        *("returning", "served_by", "settings", "shop", "team", "today", "trace"),
    )

    def __init__(
        self,
        settings: TrafficSettings,
        shop: ShopTraffic,
        random: Random,
        served_by: Step | None = None,
    ) -> None:
        """`served_by` hears the buyers instead of the shop's bot and people."""
        self.served_by = served_by
        self.settings = settings
        self.shop = shop
        self.dice = dice = Dice(random)
        self.book = book_of(dice)
        self.habits = Habits(settings.buyers)
        self.craft = Craft(settings.agents)
        self.team = team_of(settings.agents, shop, dice)
        self.on_duty: list[Agent] = []
        self.queue: deque[Visit] = deque()
        self.agenda = Agenda()
        self.trace = Trace()
        self.returning: dict[int, list[Buyer]] = {}
        self.today = 0
        self.buyers = 0
        self.orders = 0

    def new_buyer(self) -> Buyer:
        """Somebody who never wrote before."""
        self.buyers += 1
        return Buyer(self.buyers)

    def new_order(self) -> int:
        """The number of an order that did not exist before."""
        self.orders += 1
        return self.orders


def send(
    stage: Stage,
    at: int,
    buyer: Buyer,
    deed: int,
    account: int = NOBODY,
    text: int = SILENT,
    order: int = 0,
) -> int:
    """Write down something that the shop sends; with deliveries on, also how it arrived."""
    number = stage.trace.add(at, buyer.chat, deed, account, text, order)
    if stage.settings.deliveries:
        _deliver(stage, at, buyer, number, (deed, account, text, order))
    return number


def _deliver(
    stage: Stage, at: int, buyer: Buyer, number: int, sent: tuple[int, int, int, int]
) -> None:
    arrived = at + stage.dice.draw(durations(stage.settings.delivery_takes))
    if not stage.dice.happens(stage.settings.delivery_fails):
        stage.trace.add(arrived, buyer.chat, Deed.DELIVERED, link=number)
        return
    stage.trace.add(arrived, buyer.chat, Deed.NOT_DELIVERED, link=number)
    again = stage.trace.add(arrived, buyer.chat, *sent)
    stage.trace.add(arrived, buyer.chat, Deed.DELIVERED, link=again)
