"""`miaohui forget`: erase a buyer of a house. The open house does it, so that its pages forget at
once; where none is open, this does."""

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import click

from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.erasure_ports import Erasure, Stage
from miaohui.app.care import erasing_at, new_erasure_id
from miaohui.app.config import read_settings
from miaohui.app.language import say
from miaohui.app.places import Place, place_of
from miaohui.app.wiring import now, open_tables_at
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.erasing import Erasing, Named, OfChat

# An open house looks every second; one that is very busy gets a while longer.
HOUSE_SECONDS, LOOK_SECONDS, FINISH_SECONDS = 3.0, 0.1, 60.0


def forget(
    config: Path | None,
    shop: str,
    channel: str | None,
    buyer: str | None,
    chat: str | None,
    yes: bool,
) -> None:
    """Erase whoever is the buyer of a chat, or `buyer` as `channel` calls them, after asking."""
    if chat is not None and channel is None:
        wanted: Named | OfChat = OfChat(chat)
    elif channel is not None and buyer is not None and chat is None:
        wanted = Named(channel, buyer)
    else:
        raise ReaderError(Problem("erasure.whom"))
    erase(place_of(read_settings(config, os.environ).log), shop, wanted, chat or buyer or "", yes)


def erase(place: Place, shop: str, wanted: Named | OfChat, name: str, yes: bool) -> None:
    """Erase a buyer called `name` here; raises ReaderError `erasure.nobody`."""
    if not yes:
        click.confirm(say("log.erase_sure", {"buyer": name, "shop": shop}), abort=True)
    with closing(open_tables_at(place, create=False)) as tables:
        erasing = erasing_at(place, tables, new_erasure_id)
        asked = erasing.ask(shop, wanted, Author(None, now()))
        if not isinstance(asked, Erasure):
            raise ReaderError(Problem("erasure.nobody"))
        stage = _carried_out(erasing, asked)
    key = "log.erased" if stage is Stage.DONE else "log.erased_but_read"
    sys.stdout.write(say(key, {"buyer": name, "path": place}) + "\n")


def _carried_out(erasing: Erasing, asked: Erasure) -> Stage:
    stage = _stage_by(erasing, asked, HOUSE_SECONDS, {Stage.ASKED})
    if stage is Stage.ASKED and erasing.claim(asked):
        return erasing.carry_out(asked)
    return _stage_by(erasing, asked, FINISH_SECONDS, {Stage.ASKED, Stage.BEGUN})


def _stage_by(erasing: Erasing, asked: Erasure, seconds: float, while_: set[Stage]) -> Stage:
    """How far it is once it has left some stages, or after so long."""
    ends = time.monotonic() + seconds
    while True:
        found = erasing.find(asked.shop, asked.id) or asked
        if found.stage not in while_ or time.monotonic() >= ends:
            return found.stage
        time.sleep(LOOK_SECONDS)
