"""What keeps somebody from doing something in a chat, as refusals that they can read."""

from datetime import datetime, timedelta

from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.people import Person
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.capabilities import Capabilities, sending_problems
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.problems import Problem

RECALLED_WITHIN = timedelta(minutes=2)


def may_hand_on(account: Account, chat: Chat, to: str | None) -> bool:
    """Whether somebody may give a chat to an account, or with None elsewhere: their own chat, or
    one that nobody has to themselves; with the right to assign, any."""
    if may(account, Right.CHATS_ASSIGN, chat.shop):
        return True
    if chat.holder is None:
        return to == account.id and may(account, Right.CHATS_ANSWER, chat.shop)
    return chat.holder == account.id and may(account, Right.CHATS_TRANSFER, chat.shop)


def receiving_problems(chat: Chat, to: Person | None, now: datetime) -> list[Problem]:
    """Why somebody cannot be given a chat."""
    if to is None or not may(to.account, Right.CHATS_ANSWER, chat.shop):
        return [Problem("desk.receiver_unknown")]
    if to.presence(now) in (Presence.AWAY, Presence.OFF_SHIFT):
        return [Problem("desk.receiver_not_there", {"name": to.account.name})]
    return []


def recalling_problems(can: Capabilities, said_at: datetime, now: datetime) -> list[Problem]:
    """Why a message cannot be taken back. `now`: on the clock of the chat's platform."""
    if not can.recalls:
        return [Problem("channel.cannot_recall")]
    if now - said_at > RECALLED_WITHIN:
        minutes = RECALLED_WITHIN // timedelta(minutes=1)
        return [Problem("desk.recalled_too_late", {"minutes": minutes})]
    return []


def saying_problems(
    can: Capabilities,
    chat: Chat,
    kind: str,
    text: str | None,
    media: str | None,
    now: datetime,
) -> list[Problem]:
    """Why something cannot be said to a buyer. `now`: on the clock of the chat's platform."""
    problems = sending_problems(can, kind, text)
    said = media if kind == "image" else text
    if kind in ("text", "image") and not (said or "").strip():
        problems.append(Problem("desk.nothing_said"))
    asked = [round_.messages[-1].at for round_ in chat.state.rounds[-1:]]
    window = can.reply_window
    if window is not None and asked and now - asked[0] > window:
        problems.append(Problem("channel.window_over", {"hours": window // timedelta(hours=1)}))
    return problems
