"""A second factor is offered, confirmed by its first code, and dropped by who may."""

from datetime import datetime
from typing import NamedTuple

from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.permission import may_manage
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.house import Acting, House, author_of
from miaohui.pipelines.logins import Knock, LoggedIn, let_in, prove
from miaohui.pipelines.recovery import new_recovery_codes, recovery_hash
from miaohui.pipelines.refusals import LoginRefusal, NotAllowed, Wrong
from miaohui.pipelines.tokens import random_bytes

SECRET_BYTES = 20
HOUSE_NAME = "Miaohui"


class Enrolment(NamedTuple):
    """What is shown once: the secret to type, and the address for a square code."""

    secret: Secret
    address: Secret


def offer_second_factor(house: House, acting: Acting) -> Enrolment:
    """A new secret for one's own account; one already in use stays until this is confirmed."""
    secret = house.codes.secret(random_bytes(house.chance, SECRET_BYTES))
    house.directory.offer_one_time_secret(acting.account.id, secret)
    return Enrolment(secret, house.codes.address(secret, acting.account.name, HOUSE_NAME))


def confirm_second_factor(house: House, acting: Acting, code: str) -> tuple[Secret, ...] | Wrong:
    """Put the offered secret in use by a code of it; ten recovery codes, shown this once."""
    account_id = acting.account.id
    offered = house.directory.offered_one_time_secret(account_id)
    step = house.codes.step(offered, code, acting.at) if offered else None
    if step is None:
        return Wrong()
    codes = new_recovery_codes(house.chance)
    hashes = [recovery_hash(account_id, each.reveal()) for each in codes]
    author = author_of(acting)
    if not house.directory.confirm_one_time_secret(account_id, step, hashes, author):
        return Wrong()
    return codes


def drop_second_factor(
    house: House, acting: Acting, account_id: str
) -> Obstacle | NotAllowed | None:
    """Forget somebody's second factor, who lost telephone and codes; their sessions end.

    One's own is given up by proving oneself anew: a session left open must not weaken a log-in.
    """
    account = house.directory.account(account_id)
    if account is None:
        return Obstacle.UNKNOWN
    if account_id == acting.account.id or not may_manage(acting.account, account):
        return NotAllowed()
    house.directory.drop_second_factor(account_id, author_of(acting))
    return None


def give_up_second_factor(house: House, now: datetime, knock: Knock) -> LoggedIn | LoginRefusal:
    """Forget one's own second factor, proved by password and code as for a log-in.

    All other sessions end.
    """
    account = prove(house, now, knock)
    if not isinstance(account, Account):
        return account
    house.directory.drop_second_factor(account.id, Author(account.id, now, knock.address))
    return let_in(house, now, knock, account)
