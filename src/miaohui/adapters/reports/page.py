"""The report as one self-contained page: no network, one style, one script, both known by hash."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from miaohui.adapters.reports.catalogue import Language, words_of
from miaohui.adapters.reports.page_view import page_view
from miaohui.adapters.reports.plots import Plots
from miaohui.domain.analytics.report import Report
from miaohui.domain.vocabulary.problems import Problem, ReaderError

_ROOM = "miaohui.adapters.reports"
_ASSETS = files(_ROOM) / "html"
# Whatever could end the element or be read as markup is written as an escape of the same string.
_ESCAPES = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}


def write_page(report: Report, path: Path, language: Language = "zh") -> None:
    """Write the page; raises `ReaderError` when the plots' script was not built."""
    path.write_text(page(report, language), encoding="utf-8")


def page(report: Report, language: Language = "zh", assets: Traversable = _ASSETS) -> str:
    """The whole HTML document; `assets` holds the style and the script built from web/."""
    words, style, script = words_of(language), _text(assets, "report.css"), _script(assets)
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            view=page_view(report, words),
            words=words,
            style=style,
            script=script,
            style_hash=_hash_of(style),
            script_hash=_hash_of(script),
        )
    )


def _text(assets: Traversable, name: str) -> str:
    return (assets / name).read_text("utf-8")


def _script(assets: Traversable) -> str:
    try:
        script = _text(assets, "report.min.js")
    except FileNotFoundError as missing:
        raise ReaderError(Problem("reports.script_missing", {"command": "make setup"})) from missing
    return script.replace("</script", "<\\/script").strip()


def _hash_of(source: str) -> str:
    """A content security policy's name for exactly this inline source."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_ROOM, "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["embedded"] = _embedded
    return environment


def _embedded(plots: Plots) -> str:
    """JSON that is safe inside a script element."""
    return msgspec.json.encode(plots).decode().translate(_ESCAPES)
