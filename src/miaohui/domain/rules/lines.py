"""How a value stands to a line."""

from miaohui.domain.rules.pack import Comparison


def compares(value: float, op: Comparison, line: float) -> bool:
    """Whether a value stands to a line as the pack says."""
    match op:
        case ">=":
            return value >= line
        case ">":
            return value > line
        case "<=":
            return value <= line
        case "<":
            return value < line
