"""Are the pages built that the house serves, and the script of the report?"""

from collections.abc import Iterator
from pathlib import Path

from miaohui.app.doctor.findings import Finding, fine, warning

CHECK = "pages"
HOME = Path(__file__).parents[2]
BUILT = {
    "report": HOME / "adapters" / "reports" / "html" / "report.min.js",
    "webchat": HOME / "api" / "built" / "webchat" / "page.html",
    "widget": HOME / "api" / "built" / "webchat" / "widget.js",
    "desk": HOME / "api" / "built" / "desk" / "index.html",
}


def page_findings() -> Iterator[Finding]:
    """Of this installation."""
    missing = sorted(name for name, path in BUILT.items() if not path.is_file())
    if missing:
        yield warning(CHECK, "not_built", pages=", ".join(missing))
    else:
        yield fine(CHECK, "built", pages=", ".join(sorted(BUILT)))
