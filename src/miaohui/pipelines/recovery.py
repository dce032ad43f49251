"""Recovery codes: what lets somebody in who has lost the telephone, each once."""

from hashlib import sha256

from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.tokens import Chance, new_letters

CODES = 10
LETTERS = 16  # 80 bits: nothing to guess, even for somebody who has the hashes
GROUP = 4


def new_recovery_codes(chance: Chance) -> tuple[Secret, ...]:
    """Ten codes like `k3vb-7xqp-2mno-4rst`, to be shown once."""
    return tuple(Secret(_grouped(new_letters(chance, LETTERS))) for _ in range(CODES))


def recovery_hash(account_id: str, code: str) -> bytes:
    """What is kept of a code; case, width, blanks and dashes do not matter."""
    letters = "".join(sign for sign in name_key(code) if sign.isalnum())
    return sha256(f"{account_id}:{letters}".encode("utf-8", "surrogatepass")).digest()


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
