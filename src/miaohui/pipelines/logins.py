"""Who gets in: a name, a password and a code become a session, or a refusal as a value.

A guess is counted before it is looked at, by account and by address, so that many at once gain
nothing; an unknown name takes as long as a wrong password.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Session, Subject
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.attempts import WITH_ACCOUNT, WITH_ADDRESS
from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.passwords import password_problems
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.house import Caller, House
from miaohui.pipelines.recovery import recovery_hash
from miaohui.pipelines.refusals import (
    Deactivated,
    Locked,
    LoginRefusal,
    PasswordMustChange,
    SecondFactorWanted,
    Unfit,
    Wrong,
    problems_of,
)
from miaohui.pipelines.tokens import hash_of, new_id, new_token

LONGEST_SESSION = timedelta(days=14)
LONGEST_SILENCE = timedelta(days=1)
# A session's last use is written down no more often than this.
TOUCHED_EVERY = timedelta(minutes=1)
LONGEST_DEVICE = 200
LET_IN = "let_in"


class LoggedIn(NamedTuple):
    """A new session, its account, and its token, which is shown this once."""

    account: Account
    session: Session
    token: Secret


Outcome = TypeVar("Outcome", bound=LoggedIn | LoginRefusal | Unfit)


class Knock(NamedTuple):
    """What somebody gives to be let in. `code` is a one-time code or a recovery code, `device`
    what the browser calls itself, `address` where it comes from."""

    name: str
    password: Secret
    device: str
    address: str
    code: str | None = None


def log_in(house: House, now: datetime, knock: Knock) -> LoggedIn | LoginRefusal:
    """A session, or why not. Hashes once, whatever comes; blocks for about a tenth of a second."""
    return _noted(house, _logged_in(house, now, knock))


def _logged_in(house: House, now: datetime, knock: Knock) -> LoggedIn | LoginRefusal:
    account = prove(house, now, knock)
    return let_in(house, now, knock, account) if isinstance(account, Account) else account


def prove(house: House, now: datetime, knock: Knock) -> Account | LoginRefusal:
    """Whose name, password and code these are; a failed guess until the account is let in."""
    account = _by_password(house, now, knock)
    if not isinstance(account, Account):
        return account
    if account.must_change_password:
        _excuse(house, knock)
        return PasswordMustChange()
    return _by_code(house, now, knock, account) or account


def let_in(house: House, now: datetime, knock: Knock, account: Account) -> LoggedIn:
    """Forgive the failures of an account that proved itself, and open a session for it."""
    with_account, with_address = _subjects(knock)
    house.directory.forgive(with_account)
    # Not forgiven: somebody with an account could guess others' between their own log-ins.
    house.directory.excuse_attempt([with_address])
    return open_session(house, now, account, knock.device, knock.address)


def change_password(
    house: House, now: datetime, knock: Knock, new_password: Secret
) -> LoggedIn | LoginRefusal | Unfit:
    """Prove oneself as for a log-in and set another password, the first one included.

    All other sessions end.
    """
    return _noted(house, _changed(house, now, knock, new_password))


def _changed(
    house: House, now: datetime, knock: Knock, new_password: Secret
) -> LoggedIn | LoginRefusal | Unfit:
    account = _by_password(house, now, knock)
    if not isinstance(account, Account):
        return account
    problems = list(password_problems(new_password.reveal(), account.name))
    if new_password.reveal() == knock.password.reveal():
        problems.append(Problem("password.same"))
    if problems:
        _excuse(house, knock)
        return Unfit(tuple(problems))
    refusal = _by_code(house, now, knock, account)
    if refusal:
        return refusal
    author = Author(account.id, now, knock.address)
    fresh = house.hashing.hash(new_password)
    house.directory.change_password(account.id, fresh, False, author)
    return let_in(house, now, knock, replace(account, must_change_password=False))


def who_is(house: House, now: datetime, token: Secret) -> Caller | None:
    """The account behind a session's token; None if it is over or there is none."""
    session = house.directory.session(hash_of(token))
    if session is None or not _lasts(session, now):
        return None
    account = house.directory.account(session.account)
    if account is None or not account.active:
        return None
    if now - session.last_seen_at >= TOUCHED_EVERY:
        with suppress(ReaderError):  # a full disk keeps nobody out who only wants to look
            house.directory.touch_session(session.id, now)
    return Caller(account, session=session)


def open_session(
    house: House, now: datetime, account: Account, device: str, address: str
) -> LoggedIn:
    """A session for somebody who has proved who they are."""
    token = new_token(house.chance)
    expires = now + LONGEST_SESSION
    device = device[:LONGEST_DEVICE]
    session = Session(new_id(house.chance, now), account.id, device, address, now, now, expires)
    house.directory.open_session(session, hash_of(token))
    return LoggedIn(account, session, token)


def living_sessions(house: House, now: datetime, account_id: str) -> list[Session]:
    """The sessions of an account that are not over, newest first."""
    return [each for each in house.directory.sessions(account_id) if _lasts(each, now)]


def _noted(house: House, outcome: Outcome) -> Outcome:
    match outcome:
        case LoggedIn():
            house.knocked(LET_IN)
        case _:
            house.knocked(problems_of(outcome)[0].key)
    return outcome


def _lasts(session: Session, now: datetime) -> bool:
    return now < session.expires_at and now - session.last_seen_at < LONGEST_SILENCE


def _by_password(house: House, now: datetime, knock: Knock) -> Account | LoginRefusal:
    until = house.directory.begin_attempt(_subjects(knock), now)
    if until is not None:
        return Locked(ceil((until - now).total_seconds()))
    account = house.directory.account_named(knock.name)
    credential = house.directory.credential(account.id) if account else None
    password_hash = credential.password_hash if credential else None
    if not house.hashing.fits(knock.password, password_hash) or not account or not password_hash:
        return Wrong()
    if not account.active:
        _excuse(house, knock)
        return Deactivated()
    if house.hashing.is_outdated(password_hash):
        house.directory.renew_hash(account.id, house.hashing.hash(knock.password))
    return account


def _by_code(
    house: House, now: datetime, knock: Knock, account: Account
) -> Wrong | SecondFactorWanted | None:
    """None if no code is wanted or the right one was given; it is used up then."""
    credential = house.directory.credential(account.id)
    if credential is None or credential.one_time_secret is None:
        return None
    if not knock.code:
        _excuse(house, knock)
        return SecondFactorWanted()
    step = house.codes.step(credential.one_time_secret, knock.code, now)
    if step is not None:
        return None if house.directory.use_step(account.id, step) else Wrong()
    author = Author(account.id, now, knock.address)
    recovered = house.directory.use_recovery_code(
        account.id, recovery_hash(account.id, knock.code), author
    )
    return None if recovered else Wrong()


def _excuse(house: House, knock: Knock) -> None:
    house.directory.excuse_attempt(_subjects(knock))


def _subjects(knock: Knock) -> tuple[Subject, Subject]:
    return (
        Subject("account", name_key(knock.name), WITH_ACCOUNT),
        Subject("address", knock.address, WITH_ADDRESS),
    )
