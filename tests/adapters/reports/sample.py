"""A hand-made report with Chinese names and hostile strings; nothing here is random."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import (
    AccountFigures,
    ChannelFigures,
    DayFigures,
    HourFigures,
    MissedChat,
    Report,
    ShopReport,
    Verdict,
    WaitBin,
    Waits,
)
from miaohui.domain.rules.pack import (
    Display,
    Indicator,
    Metric,
    MinimumSample,
    Provenance,
    Source,
    Threshold,
    Words,
)

HOSTILE_MARKUP = "</script><img src=x onerror=alert(1)>"
HOSTILE_FORMULA = "=cmd|'/c calc'!A1"
FIRST_DAY = date(2026, 10, 21)
DAYS = 30
AS_OF = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)

_EXPORT = Provenance("export", "M")
_PERCENT, _SECONDS = Display("percent"), Display("seconds")

SOURCES = (
    Source("export", "export", "客服绩效数据报表头", publisher="商家后台", published="2026-08"),
    Source("article", "article", "回复率影响与提升", publisher="每日快讯"),
)

METRICS = (
    Metric(
        "reply_3min",
        Words("3分钟人工回复率", "3-minute human reply rate"),
        "person",
        "rate",
        _PERCENT,
        "higher",
        _EXPORT,
        threshold=timedelta(minutes=3),
        success="all_messages_within",
        needs_human=True,
    ),
    Metric(
        "reply_3min_round",
        Words("3分钟回复率（轮次）", "3-minute reply rate (rounds)"),
        "round",
        "rate",
        _PERCENT,
        "higher",
        _EXPORT,
        threshold=timedelta(minutes=3),
    ),
    Metric(
        "reply_30s",
        Words("30秒应答率", "30-second answer rate"),
        "message",
        "rate",
        _PERCENT,
        "higher",
        _EXPORT,
        threshold=timedelta(seconds=30),
    ),
    Metric(
        "first_response",
        Words("首次响应时长", "First response time"),
        "session",
        "mean",
        _SECONDS,
        "lower",
        _EXPORT,
        unanswered="drop",
    ),
    Metric(
        "avg_response",
        Words("平均人工响应时长", "Average human response time"),
        "round",
        "mean",
        Display("minutes", 2),
        "lower",
        _EXPORT,
        unanswered="drop",
    ),
    Metric(
        "unanswered_persons",
        Words("未回复人数", "People never answered"),
        "person",
        "unanswered_persons",
        Display("count", 0),
        "lower",
        _EXPORT,
    ),
    Metric(
        "reply_5min",
        Words("5分钟回复率", "5-minute reply rate"),
        "round",
        "rate",
        _PERCENT,
        "higher",
        _EXPORT,
        threshold=timedelta(minutes=5),
        status="legacy",
    ),
)

INDICATORS = (
    Indicator(
        "question_answer_ratio",
        Words("答问比", "Answers per question"),
        "question_answer_ratio",
        Display("count", 2),
        _EXPORT,
    ),
)

THRESHOLDS = (
    Threshold(
        "industry",
        Words("行业线", "the industry line"),
        "reply_3min",
        ">=",
        "peer_mean",
        _EXPORT,
        value=0.62,
        minimum_sample=MinimumSample(">", 100, "persons"),
    ),
    Threshold(
        "own_target",
        Words("自己的目标", "our own target"),
        "reply_3min",
        ">=",
        "user_target",
        Provenance("export", "H"),
        value=0.8,
    ),
    Threshold(
        "rumoured_fine",
        Words("罚款线", "the line of the fine"),
        "reply_3min",
        ">=",
        "absolute",
        Provenance("article", "U"),
        value=0.5,
    ),
    Threshold(
        "next_star",
        Words("下一颗星", "the next star"),
        "reply_3min_round",
        ">=",
        "next_star_standard",
        Provenance("article", "L"),
    ),
)


def rate(hits: int, samples: int, pending: int = 0, **excluded: int) -> Figure:
    """A rate as the engine would return it."""
    whole = samples + pending
    return Figure(
        hits / samples if samples else None,
        hits,
        samples,
        pending,
        hits / whole if whole else None,
        (hits + pending) / whole if whole else None,
        excluded,
    )


def mean(seconds: float, samples: int, unanswered: int = 0) -> Figure:
    """A mean of waits."""
    value = seconds / samples if samples else None
    return Figure(value, seconds, samples, 0, value, value, {}, unanswered=unanswered)


def figures(samples: int, hits: int, pending: int = 0, **excluded: int) -> dict[str, Figure]:
    """All metrics of a group, made from its persons."""
    rounds, answered = samples * 2, hits * 2
    missed = rounds - answered
    return {
        "reply_3min": rate(hits, samples, pending, **excluded),
        "reply_3min_round": rate(answered, rounds, pending),
        "reply_30s": rate(answered // 3, rounds + 3, pending),
        "first_response": mean(hits * 61.0, hits, missed // 2),
        "avg_response": mean(answered * 72.5, answered, missed),
        "unanswered_persons": Figure(
            float(missed // 4), missed // 4, samples, 0, missed / 4, missed / 4, {}
        ),
        "reply_5min": rate(min(rounds, answered + missed // 3), rounds, pending),
    }


def days(level: float) -> tuple[DayFigures, ...]:
    """A month that sags towards its end; one day is nearly empty and one has no sample."""
    return tuple(_day(number, level) for number in range(DAYS))


def _day(number: int, level: float) -> DayFigures:
    samples = {11: 0, 12: 9}.get(number, 150 + 37 * number % 60)
    hits = round(samples * (level + 0.09 - number * 0.006 + (number * 7 % 5) * 0.012))
    pending = 14 if number == DAYS - 1 else 0
    return DayFigures(FIRST_DAY + timedelta(days=number), figures(samples, hits, pending))


def hours() -> tuple[HourFigures, ...]:
    """Every weekday from 8 to 22 o'clock, worst in the evening."""
    return tuple(_hour(day, hour) for day in range(1, 8) for hour in range(8, 23))


def _hour(day: int, hour: int) -> HourFigures:
    evening = 30 if hour in (20, 21) else 12 if hour in (19, 22) else 0
    share = (14 + (day * 11 + hour * 7) % 17 + evening + (6 if day > 5 else 0)) / 100
    samples = 2 if (day, hour) == (7, 8) else 20 + evening + (day * hour) % 9
    return HourFigures(day, hour, figures(samples, round(samples * (1 - share))))


def waits() -> Waits:
    """Twelve bins of 15 s to the line, then unequal ones."""
    equal = (742, 855, 684, 531, 420, 346, 288, 246, 201, 176, 148, 121)
    bins = [WaitBin(15 * n, 15 * n + 15, rounds) for n, rounds in enumerate(equal)]
    bins += [WaitBin(180, 300, 520), WaitBin(300, 600, 261), WaitBin(600, 3600, 96)]
    return Waits((*bins, WaitBin(3600, None, 12)), 794, 132.4, 61.0, 258.0)


def accounts() -> tuple[AccountFigures, ...]:
    """Agents with many samples, a newcomer with few, a hostile name, and nobody."""
    people = {
        "陈嘉": (918, 747),
        "林小满": (902, 705),
        "何雨桐": (874, 533),
        "新人 苏木": (46, 38),
        HOSTILE_MARKUP: (531, 403),
        "unassigned": (191, 0),
    }
    return tuple(AccountFigures(name, figures(n, hits)) for name, (n, hits) in people.items())


def missed() -> tuple[MissedChat, ...]:
    """Thirty misses, the first of them hostile in every field."""
    hostile = MissedChat("pdd", HOSTILE_FORMULA, HOSTILE_MARKUP, AS_OF, 191.0, True)
    names = ("暖暖不怕冷", "一只柚子", "风吹麦浪", "@小鱼干", "木木的妈")
    return (
        hostile,
        *(
            MissedChat(
                "pdd",
                names[n % 5],
                "何雨桐" if n % 3 else "unassigned",
                AS_OF - timedelta(minutes=37 * n + 4),
                200.0 + 173 * n,
                n % 4 > 0,
            )
            for n in range(29)
        ),
    )


def shop(name: str = "云上衣橱旗舰店", level: float = 0.62) -> ShopReport:
    """One shop at about a level of the headline rate."""
    hits = round(4849 * level)
    holds = hits / 4849 >= 0.62
    return ShopReport(
        name,
        figures(4849, hits, 14, outside_window=420, bot_only=38, malicious_user=3),
        days(level),
        accounts(),
        channels=(
            ChannelFigures("pdd", figures(4000, round(4000 * level))),
            ChannelFigures("webchat", figures(849, round(849 * level))),
        ),
        hours=hours(),
        indicators={"question_answer_ratio": Figure(1.32, 132, 100, 0, 1.32, 1.32, {})},
        waits=waits(),
        missed=missed(),
        missed_total=1843,
        verdicts=verdicts(holds, level),
    )


def verdicts(holds: bool, level: float) -> tuple[Verdict, ...]:
    """One verdict on each threshold."""
    value = round(4849 * level) / 4849
    last = tuple(FIRST_DAY + timedelta(days=n) for n in range(DAYS))
    return (
        Verdict("industry", holds, value, days=last),
        Verdict("own_target", False, value, days=last),
        Verdict("rumoured_fine", value >= 0.5, value, days=last),
        Verdict("next_star", None, value, because="no_line", days=last),
    )


def empty_shop(name: str = "还没开张的店") -> ShopReport:
    """A shop without any sample."""
    return ShopReport(name, figures(0, 0), (), ())


def report(*shops: ShopReport, metrics: tuple[Metric, ...] = METRICS) -> Report:
    """A report of these shops; of one ordinary shop if none is named."""
    return Report(
        pack="pdd@2026.1",
        pack_title=pack_title(),
        timezone="Asia/Shanghai",
        as_of=AS_OF,
        shops=shops or (shop(level=0.582),),
        metrics=metrics,
        indicators=INDICATORS,
        thresholds=THRESHOLDS,
        sources=SOURCES,
        from_=FIRST_DAY,
        until=FIRST_DAY + timedelta(days=DAYS - 1),
        events=184_302,
        rejected_rows=7,
    )


def pack_title() -> Mapping[str, str]:
    """The pack's name in both languages."""
    return {"zh": "拼多多", "en": "Pinduoduo"}
