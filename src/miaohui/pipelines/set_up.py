"""The one-time key by which the first owner of a fresh house proves that the house is theirs."""

import hmac

from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.house import House
from miaohui.pipelines.tokens import hash_of, new_token


class SetUp:
    """A token that is shown where the house was started; None once it has an owner."""

    def __init__(self, token: Secret | None) -> None:
        self.token = token

    def fits(self, said: Secret) -> bool:
        """Whether this is the token."""
        return self.token is not None and hmac.compare_digest(hash_of(self.token), hash_of(said))


def set_up_of(house: House) -> SetUp:
    """A token for a house without anybody in it."""
    return SetUp(None if house.directory.accounts() else new_token(house.chance))
