"""A language whose texts are 40 % longer than the English ones, and what breaks under it.

The built pages hold no such language. The browser gets it between the house and the page: one
call in one file is told of `longer.js`, which was there before the page was.
"""

import re
from pathlib import Path

from playwright.async_api import BrowserContext, Page
from tests.journeys.screens import settled

HERE = Path(__file__).parent
BUILT = HERE.parents[1] / "src" / "miaohui" / "api" / "built"
# Where the desk makes its i18next, and where the buyer's page chooses its words.
HOOKS = {
    "desk": (r"\.init\(\{lng:", ".use(globalThis.longerTexts).init({lng:"),
    "webchat": (r'==="en"\?([\w$]+):', r'==="en"?globalThis.longerWords(\1):'),
}


async def lengthen(context: BrowserContext, built: str) -> None:
    """Every page of this browser, of those built into one folder, speaks the longer language."""
    found = (
        (each.name, *re.subn(*HOOKS[built], each.read_text("utf-8"))) for each in scripts(built)
    )
    ((name, body, _),) = [each for each in found if each[2] == 1]
    for script in ("longer.js", "breaks.js"):
        await context.add_init_script(path=HERE / script)
    await context.route(
        f"**/assets/{name}",
        lambda route: route.fulfill(body=body, content_type="text/javascript; charset=utf-8"),
    )


def scripts(built: str) -> list[Path]:
    """The scripts of built pages."""
    return list((BUILT / built / "assets").glob("*.js"))


async def breaks(page: Page) -> list[str]:
    """What is broken in the layout of a page, once nothing in it moves any more."""
    await settled(page)
    return await page.evaluate("breaks()")
