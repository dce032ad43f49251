"""Spam: advertisements in the chat window, reported by an agent, judged by the platform."""

from miaohui.domain.traffic.buyers import Buyer
from miaohui.domain.traffic.chance import durations
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.stage import Stage


def send_spam(stage: Stage, at: int, buyer: Buyer) -> None:
    """One or two advertisements; whoever is on duty reports them."""
    dice, trace = stage.dice, stage.trace
    for _ in range(1 + dice.rounded(0.5)):
        text = dice.pick(stage.book.spam)
        trace.add(at, buyer.chat, Deed.BUYER_TEXT, text=text)
        at += dice.draw(stage.habits.between)
    if stage.on_duty:
        _report(stage, at, buyer)


def _report(stage: Stage, at: int, buyer: Buyer) -> None:
    nuisance, dice = stage.settings.nuisance, stage.dice
    account = dice.pick(stage.on_duty).account
    at += dice.draw(durations(nuisance.reported_after))
    report = stage.trace.add(at, buyer.chat, Deed.SPAM_REPORTED, account)
    verdict = Deed.SPAM_CONFIRMED if dice.happens(nuisance.confirmed) else Deed.SPAM_REJECTED
    at += dice.draw(durations(nuisance.verdict_after))
    stage.trace.add(at, buyer.chat, verdict, link=report)
