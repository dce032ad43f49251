"""What pages are told of alarms."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec

from miaohui.domain.desk.alarms.settings import Kind, Level, Way
from miaohui.domain.desk.alarms.standing import Standing
from miaohui.domain.desk.alarms.told import Tell, Urgency
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.alarm_words import LANGUAGES, SayAlarm, told_in

ID_DIGITS = 32


class AlarmTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alarm that was told. `said` is the sentence in each language, as of `at`; `chats`: the
    most urgent first; `line`: when the next of its lines is crossed, or the first was. `kind` null:
    what quiet hours held back, told once and not standing."""

    id: str
    shop: str
    kind: Kind | None
    level: Level
    key: str
    said: Mapping[str, str]
    urgency: Urgency
    at: Instant
    line: Instant | None = None
    chats: Sequence[str] = ()
    taken_by: str | None = None


class AlarmNews(msgspec.Struct, frozen=True, omit_defaults=True):
    """`all`: these stand, and no others. `rung`: told to this page's reader now, with a sound if
    `sound`. `changed`: stand or are as they are said here. `cleared`: the ids of those that are
    over."""

    all: Sequence[AlarmTold] | None = None
    rung: Sequence[AlarmTold] = ()
    sound: bool = False
    changed: Sequence[AlarmTold] = ()
    cleared: Sequence[str] = ()


def alarm_id(shop: str, notice: str) -> str:
    """What a notice of a shop is called outside."""
    return sha256(f"{len(shop)}:{shop}:{notice}".encode()).hexdigest()[:ID_DIGITS]


def standing_told(shop: str, standing: Standing, say: SayAlarm) -> AlarmTold:
    """A standing notice as it is told."""
    message = standing.message
    return AlarmTold(
        id=alarm_id(shop, standing.notice),
        shop=shop,
        kind=standing.kind,
        level=standing.recipient.level,
        key=message.key,
        said={each: told_in(say, message.key, message.values, each) for each in LANGUAGES},
        urgency=standing.urgency,
        at=standing.told_at,
        line=standing.line,
        chats=standing.chats,
        taken_by=standing.taken_by,
    )


def summary_told(shop: str, tell: Tell, say: SayAlarm) -> AlarmTold:
    """What quiet hours held back."""
    message = tell.message
    return AlarmTold(
        id=alarm_id(shop, tell.notice),
        shop=shop,
        kind=None,
        level=tell.recipient.level,
        key=message.key,
        said={each: told_in(say, message.key, message.values, each) for each in LANGUAGES},
        urgency=tell.urgency,
        at=max(row.told_at for row in tell.rows),
        chats=tell.chats,
    )


def rings(tell: Tell) -> bool:
    """Whether a page is to show it."""
    return Way.SCREEN in tell.ways or Way.SOUND in tell.ways
