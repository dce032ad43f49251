"""Numbers, instants and waits in a reader's words."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from miaohui.adapters.reports.catalogue import Words
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.rules.pack import Display, Metric

_FACTORS = {"percent": 100.0, "seconds": 1.0, "minutes": 1 / 60, "hours": 1 / 3600, "count": 1.0}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def shown(value: float | None, display: Display, words: Words) -> str:
    """A figure's value as people read it: `70.2%`, `61 秒`, `0.37 分`; a dash for none."""
    if value is None:
        return words["nothing"]
    text = decimal(value * _FACTORS[display.unit], display.decimals)
    match display.unit:
        case "percent":
            return f"{text}%"
        case "count":
            return text
        case unit:
            return words[unit].format(value=text)


def gap_shown(gap: float, display: Display, words: Words) -> str:
    """The distance of two values; percentages differ by points."""
    if display.unit == "percent":
        return words["points"].format(value=decimal(abs(gap) * 100, max(display.decimals, 1)))
    return shown(abs(gap), display, words)


def decimal(value: float, decimals: int) -> str:
    """Grouped digits with a true minus sign."""
    return f"{value:,.{decimals}f}".replace("-", "−")


def whole(count: float) -> str:
    """A count with grouped digits; a fraction keeps one decimal."""
    return f"{count:,.0f}" if float(count).is_integer() else f"{count:,.1f}"


def made_of(figure: Figure, metric: Metric, words: Words) -> str:
    """What a figure was made of: `313 / 446 人`, or `4,093 秒 / 313 轮` for a mean."""
    said = {
        "numerator": whole(round(figure.numerator)),
        "denominator": whole(figure.denominator),
        "unit": words[f"unit_{metric.unit}"],
    }
    match metric.measure:
        case "rate" | "unanswered_persons":
            return words["ratio"].format(**said)
        case "mean":
            return words["summed"].format(**said)
        case _:
            return words["counted"].format(count=said["denominator"], unit=said["unit"])


def bounds(figure: Figure, display: Display, words: Words) -> str:
    """Worst to best once the open samples are decided; empty when none is open."""
    if not figure.pending:
        return ""
    worst, best = shown(figure.worst, display, words), shown(figure.best, display, words)
    return words["range"].format(worst=worst, best=best)


def reasons_shown(excluded: Mapping[str, int], words: Words) -> str:
    """`机器人接完，没找人工 38、恶意买家 2`; empty when nothing was excluded."""
    mark = "、" if words["language"] == "zh" else ", "
    return mark.join(
        f"{reason_label(reason, words)} {whole(excluded[reason])}"
        for reason in sorted(excluded, key=lambda one: -excluded[one])
        if excluded[reason]
    )


def reason_label(reason: str, words: Words) -> str:
    """An exclusion reason in words; a reason of a newer pack stays as it is."""
    return words.get(f"reason_{reason}", reason)


def wait_shown(seconds: float) -> str:
    """A wait on a clock face: `0:52`, `4:18`, `1:02:05`; seconds are floored."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def duration_shown(seconds: int, words: Words) -> str:
    """A round duration in its largest whole unit: `30 秒`, `3 分`, `48 小时`."""
    if seconds >= 3600 and seconds % 3600 == 0:
        return words["duration_hours"].format(hours=seconds // 3600)
    if seconds >= 60 and seconds % 60 == 0:
        return words["duration_minutes"].format(minutes=seconds // 60)
    return words["duration_seconds"].format(seconds=seconds)


def day_shown(day: date, words: Words, pattern: str = "date") -> str:
    """A local day by one of the patterns `date`, `date_year`, `day_short`."""
    return words[pattern].format(
        year=day.year, month=day.month, month_name=_MONTHS[day.month - 1], day=day.day
    )


def period_shown(start: date, end: date, words: Words) -> str:
    """Both ends of a range of local days, with their years."""
    return words["period"].format(
        from_=day_shown(start, words, "date_year"), until=day_shown(end, words, "date_year")
    )


def instant_shown(instant: datetime, zone: ZoneInfo, words: Words, *, year: bool = False) -> str:
    """An instant in the pack's time zone, to the second."""
    local = instant.astimezone(zone)
    return words["instant_year" if year else "instant"].format(
        year=local.year,
        month=local.month,
        month_name=_MONTHS[local.month - 1],
        day=local.day,
        time=f"{local:%H:%M:%S}",
    )
