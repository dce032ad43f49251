"""`miaohui log`: is it sound, and forgetting a buyer."""

import sys

from miaohui.app.language import say
from miaohui.app.places import Place
from miaohui.app.wiring import open_log_at
from miaohui.domain.vocabulary.problems import ReaderError


def check_log(path: Place) -> None:
    """Tell whether a log is sound; raises ReaderError with everything that is not."""
    with open_log_at(path, create=False) as log:
        problems = log.check()
        count = log.count()
    if problems:
        raise ReaderError(*problems)
    sys.stdout.write(say("log.sound", {"events": f"{count:,}", "path": path}) + "\n")


def erase_buyer(path: Place, shop: str, channel: str, buyer: str, yes: bool) -> None:
    """Destroy a buyer's key, after asking."""
    # Only whoever erases waits for all that has to forget.
    from miaohui.app.commands.forget import erase
    from miaohui.pipelines.erasing import Named

    erase(path, shop, Named(channel, buyer), buyer, yes)
