"""How sure a rate is: the Wilson score interval (Wilson 1927, JASA 22:209–212)."""

from math import sqrt

SMALL_SAMPLE = 100  # below it a rate is shown hollow and not ranked
_Z95 = 1.959963984540054


def wilson(hits: float, samples: int) -> tuple[float, float] | None:
    """The 95 % interval of a rate, both ends 0–1; None without samples."""
    if samples <= 0:
        return None
    rate, z2 = hits / samples, _Z95**2
    middle = (rate + z2 / (2 * samples)) / (1 + z2 / samples)
    reach = _Z95 * sqrt(rate * (1 - rate) / samples + z2 / (4 * samples**2)) / (1 + z2 / samples)
    return max(0.0, middle - reach), min(1.0, middle + reach)
