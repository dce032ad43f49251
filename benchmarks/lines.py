"""One line a figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A measured figure: `ratio` is to its baseline in the same run, `bar` what was wanted."""

    name: str
    value: float
    unit: str
    ratio: float | None
    bar: str
    spread: str

    def text(self) -> str:
        """For people."""
        ratio = "" if self.ratio is None else f"{self.ratio:8.2f}"
        measured = f"{self.name:46} {self.value:12,.3f} {self.unit:7} {ratio:8}"
        return f"{measured} {self.bar:32} {self.spread}"
