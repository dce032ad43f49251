"""Why somebody was not let in or something about people was not done, as values."""

from typing import assert_never

import msgspec

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.vocabulary.problems import Problem


class Wrong(msgspec.Struct, frozen=True):
    """Name, password or code is wrong; which, is not told."""


class Locked(msgspec.Struct, frozen=True):
    """Too many failures: nothing was tried, come back after so many seconds."""

    seconds: int


class SecondFactorWanted(msgspec.Struct, frozen=True):
    """The password is right; a one-time or recovery code is wanted as well."""


class PasswordMustChange(msgspec.Struct, frozen=True):
    """The password is right, but somebody else chose it: change it first."""


class Deactivated(msgspec.Struct, frozen=True):
    """The password is right, but the account was deactivated."""


class NotAllowed(msgspec.Struct, frozen=True):
    """Whoever asks has not the right, or would give away more than they have."""


class LinkGone(msgspec.Struct, frozen=True):
    """The invitation was used, withdrawn, has expired or never was."""


class Unfit(msgspec.Struct, frozen=True):
    """What was given cannot be taken: all that is wrong with it."""

    problems: tuple[Problem, ...]


LoginRefusal = Wrong | Locked | SecondFactorWanted | PasswordMustChange | Deactivated
Refusal = LoginRefusal | NotAllowed | LinkGone | Unfit | Obstacle


def problems_of(refusal: Refusal) -> tuple[Problem, ...]:
    """A refusal as sentences that can be shown."""
    match refusal:
        case Unfit(problems):
            return problems
        case Locked(seconds):
            return (Problem("login.locked", {"seconds": seconds}),)
        case Wrong():
            return (Problem("login.wrong"),)
        case SecondFactorWanted():
            return (Problem("login.second_factor_wanted"),)
        case PasswordMustChange():
            return (Problem("login.password_must_change"),)
        case Deactivated():
            return (Problem("login.deactivated"),)
        case NotAllowed():
            return (Problem("right.missing"),)
        case LinkGone():
            return (Problem("invitation.gone"),)
        case Obstacle():
            return (Problem(f"directory.{refusal.value}"),)
        case _:
            assert_never(refusal)
