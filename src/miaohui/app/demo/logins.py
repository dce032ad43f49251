"""Who lives in a demo house, with passwords made once for each folder and kept there, readable by
its owner only."""

import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from miaohui.adapters.storage.durable import sync_folder
from miaohui.app.demo.traffic import AGENTS
from miaohui.app.language import say
from miaohui.domain.directory.rights import AGENT, LEAD, OWNER

LOGINS = "logins.json"
WORDS_IN_A_PASSWORD = 4
WORDS = (
    *("amber", "apple", "bamboo", "basil", "bread", "brook", "candle", "cedar", "cherry", "cloud"),
    *("clover", "coral", "cotton", "dawn", "deer", "ember", "falcon", "fern", "field", "flute"),
    *("forest", "garden", "ginger", "harbor", "hazel", "honey", "island", "ivory", "jasmine"),
    *("kettle", "lake", "lantern", "lemon", "lilac", "linen", "lotus", "maple", "marble", "meadow"),
    *("melon", "mint", "moon", "moss", "nectar", "olive", "orchid", "panda", "paper", "peach"),
    *("pearl", "pepper", "pine", "plum", "pond", "quartz", "rain", "river", "saffron", "silk"),
    *("sparrow", "spruce", "stone", "sugar", "teapot", "thyme", "tulip", "velvet", "willow"),
)


class Login(msgspec.Struct, frozen=True):
    """Somebody of the demo. `role`: the id of a built-in role; `played`: an agent who is played,
    everybody else is for whoever looks at the demo."""

    name: str
    password: str
    role: str
    shown: str = ""
    played: bool = False

    def __repr__(self) -> str:
        return f"Login({self.name!r})"


def logins_in(folder: Path) -> Sequence[Login]:
    """The log-ins of a demo folder, made at the first time."""
    path = folder / LOGINS
    if not path.exists():
        _keep(path, list(_made()))
    return read_logins(path)


def read_logins(path: Path) -> Sequence[Login]:
    """The log-ins that are kept in a file."""
    return msgspec.json.decode(path.read_bytes(), type=list[Login])


def _made() -> Iterator[Login]:
    for role in (OWNER, LEAD, AGENT):
        yield Login(say(f"demo.name_of.{role.id}"), _password(), role.id)
    for name in say("demo.played_names").split()[:AGENTS]:
        shown = say("demo.played", {"name": name})
        yield Login(name, _password(), AGENT.id, shown, played=True)


def _password() -> str:
    return "-".join(secrets.choice(WORDS) for _ in range(WORDS_IN_A_PASSWORD))


def _keep(path: Path, logins: Sequence[Login]) -> None:
    """All of it or nothing is there, for its owner only."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(logins)))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
