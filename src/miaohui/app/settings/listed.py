"""The settings that there are. A new one is a line here and nothing else."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from miaohui.adapters.storage.directory_ports import Directory
from miaohui.app.settings.mail import MAIL, Mail, MailShown
from miaohui.app.settings.push import Push, PushKept, PushShown, push_setting
from miaohui.app.settings.robots import ROBOTS, Robots, RobotsKept, RobotsShown
from miaohui.domain.desk.alarms.settings import AlarmSettings
from miaohui.domain.desk.alarms.settings_validation import problems_of as alarm_problems
from miaohui.domain.desk.routing.settings_validation import Known as Named
from miaohui.domain.desk.routing.settings_validation import problems_of as routing_problems
from miaohui.domain.desk.routing.sorting import RoutingSettings, Rule
from miaohui.domain.directory.retention import Retention, retention_problems
from miaohui.domain.directory.rights import Right
from miaohui.domain.rules.line_validation import Lines, line_problems
from miaohui.domain.rules.opening_calendar import OpeningHours, Period
from miaohui.domain.rules.opening_validation import problems_of as opening_problems
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.known_settings import Known, plain

TIMEZONE = "Asia/Shanghai"
USUAL_HOURS = (Period("08:00", "23:00"),)
PacksOf = Callable[[str], list[Pack]]


class Listed(NamedTuple):
    """Every setting that can be changed while the house is open."""

    routing: Known[RoutingSettings, RoutingSettings, RoutingSettings]
    lines: Known[Lines, Lines, Lines]
    hours: Known[OpeningHours, OpeningHours, OpeningHours]
    alarms: Known[AlarmSettings, AlarmSettings, AlarmSettings]
    retention: Known[Retention, Retention, Retention]
    robots: Known[Robots, RobotsKept, RobotsShown]
    mail: Known[Mail, Mail, MailShown]
    push: Known[Push, PushKept, PushShown]

    def each(self) -> Iterator[Known[Any, Any, Any]]:
        """All of them."""
        return iter(self)


def listed_settings(
    directory: Directory, packs_of: PacksOf, chance: Callable[[int], int]
) -> Listed:
    """The settings of a house. `packs_of`: those that a shop goes by; `chance(n)`: n bits."""
    return Listed(
        routing=plain(
            "routing",
            RoutingSettings,
            Right.ROUTING_MANAGE,
            lambda _: RoutingSettings(),
            partial(_routing_problems, directory),
            RoutingSettings(rules=(Rule(stage="after_sale", band=1),)),
        ),
        lines=plain(
            "lines",
            Lines,
            Right.PACKS_MANAGE,
            lambda _: Lines(),
            lambda shop, lines: line_problems(lines, packs_of(shop)),
            Lines({}),
        ),
        hours=plain(
            "hours",
            OpeningHours,
            Right.SHOPS_MANAGE,
            partial(_usual_hours, directory),
            lambda _, hours: opening_problems(hours),
            OpeningHours(TIMEZONE, USUAL_HOURS, breaks=(Period("12:00", "13:00", (6, 7)),)),
        ),
        alarms=plain(
            "alarms",
            AlarmSettings,
            Right.ALARMS_MANAGE,
            lambda _: AlarmSettings(),
            lambda _, alarms: alarm_problems(alarms),
            AlarmSettings(misses_left_below=3),
        ),
        retention=plain(
            "retention",
            Retention,
            Right.HOUSE_MANAGE,
            lambda _: Retention(),
            lambda _, retention: retention_problems(retention),
            Retention(text_days=365, media_days=90),
        ),
        robots=ROBOTS,
        mail=MAIL,
        push=push_setting(chance),
    )


def _routing_problems(directory: Directory, shop: str, routing: RoutingSettings) -> list[Problem]:
    named = Named(
        groups={each.id for each in directory.groups()},
        accounts={each.id for each in directory.accounts()},
        channels={each.id for each in directory.channels(shop)},
    )
    return routing_problems(routing, named)


def _usual_hours(directory: Directory, shop: str) -> OpeningHours:
    zones = {each.id: each.timezone for each in directory.listed_shops()}
    return OpeningHours(zones.get(shop, TIMEZONE), USUAL_HOURS)
