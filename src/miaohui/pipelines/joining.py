"""How people come into the house: the first owner, and everybody else by invitation."""

from datetime import datetime, timedelta
from typing import NamedTuple

from miaohui.adapters.storage.directory_ports import Author, Invitation, Obstacle
from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops, Visibility
from miaohui.domain.directory.passwords import password_problems
from miaohui.domain.directory.permission import holds, may_grant
from miaohui.domain.directory.rights import OWNER, Right, Role
from miaohui.domain.directory.secret import Secret
from miaohui.domain.directory.validation import account_problems
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.house import Acting, House, author_of, role_of
from miaohui.pipelines.logins import LoggedIn, open_session
from miaohui.pipelines.refusals import LinkGone, NotAllowed, Unfit
from miaohui.pipelines.tokens import hash_of, new_id, new_token

INVITATION_LASTS = timedelta(days=7)


class Invited(NamedTuple):
    """A new invitation, and the token for its link, which is shown this once."""

    invitation: Invitation
    token: Secret


class Joining(NamedTuple):
    """What somebody who joins says about themselves."""

    name: str
    password: Secret
    device: str
    address: str
    display_name: str = ""


def open_house(
    house: House, now: datetime, name: str, password: Secret
) -> Account | Unfit | Obstacle:
    """Make the owner of a house that has no account yet; ALREADY_OPEN ever after."""
    owner = Account(
        new_id(house.chance, now),
        name.strip(),
        OWNER,
        shops=EVERY_SHOP,
        visibility=Visibility.ALL,
    )
    problems = _problems(owner, password)
    if problems:
        return Unfit(problems)
    author = Author(None, now)
    obstacle = house.directory.open_house(owner, house.hashing.hash(password), author)
    return obstacle or owner


def invite(
    house: House,
    acting: Acting,
    role_id: str,
    shops: Shops,
    groups: frozenset[str] = frozenset(),
) -> Invited | NotAllowed | Obstacle:
    """A link for one person, good for seven days; nobody gives more than they have."""
    role = role_of(house, role_id)
    if role is None:
        return Obstacle.UNKNOWN
    if not _may_invite(acting.account, role, shops):
        return NotAllowed()
    invitation = Invitation(
        new_id(house.chance, acting.at),
        role,
        shops,
        groups,
        acting.account.id,
        acting.at,
        acting.at + INVITATION_LASTS,
    )
    token = new_token(house.chance)
    obstacle = house.directory.keep_invitation(invitation, hash_of(token), author_of(acting))
    return obstacle or Invited(invitation, token)


def read_invitation(house: House, now: datetime, token: Secret) -> Invitation | LinkGone:
    """What a link offers, as long as whoever sent it could still send it."""
    invitation = house.directory.invitation(hash_of(token))
    if invitation is None or now >= invitation.expires_at:
        return LinkGone()
    inviter = house.directory.account(invitation.invited_by)
    if inviter is None or not _may_invite(inviter, invitation.role, invitation.shops):
        return LinkGone()
    return invitation


def accept_invitation(
    house: House, now: datetime, token: Secret, joining: Joining
) -> LoggedIn | LinkGone | Unfit | Obstacle:
    """Make the account that a link promises, once, and log it in."""
    invitation = read_invitation(house, now, token)
    if isinstance(invitation, LinkGone):
        return invitation
    account = Account(
        new_id(house.chance, now),
        joining.name.strip(),
        invitation.role,
        joining.display_name.strip(),
        invitation.shops,
        invitation.groups,
    )
    problems = _problems(account, joining.password)
    if problems:
        return Unfit(problems)
    author = Author(account.id, now, joining.address)
    fresh = house.hashing.hash(joining.password)
    obstacle = house.directory.accept_invitation(hash_of(token), account, fresh, author)
    match obstacle:
        case Obstacle.USED_UP:
            return LinkGone()
        case None:
            return open_session(house, now, account, joining.device, joining.address)
        case _:
            return obstacle


def invitations_in_view(house: House, acting: Acting) -> list[Invitation]:
    """The open invitations that somebody could have sent; newest first."""
    return [
        each
        for each in house.directory.invitations()
        if acting.at < each.expires_at and _may_invite(acting.account, each.role, each.shops)
    ]


def withdraw_invitation(house: House, acting: Acting, invitation_id: str) -> Obstacle | None:
    """Close an open invitation."""
    if invitation_id not in {each.id for each in invitations_in_view(house, acting)}:
        return Obstacle.UNKNOWN
    closed = house.directory.withdraw_invitation(invitation_id, author_of(acting))
    return None if closed else Obstacle.UNKNOWN


def _problems(account: Account, password: Secret) -> tuple[Problem, ...]:
    return (*account_problems(account), *password_problems(password.reveal(), account.name))


def _may_invite(account: Account, role: Role, shops: Shops) -> bool:
    if role.id == OWNER.id and account.role.id != OWNER.id:
        return False
    return holds(account, Right.ACCOUNTS_MANAGE) and may_grant(account, role.rights, shops)
