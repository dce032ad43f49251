"""The house under trial: a server of its own that is killed and started again on the same port."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from miaohui.adapters.channels.webhook.signature import new_secret
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.places import place_of
from miaohui.app.wiring import OpenLog, open_log_at, open_tables_at
from miaohui.domain.directory.accounts import Account, Shops
from miaohui.domain.directory.rights import LEAD
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.house import House as People
from miaohui.pipelines.logins import open_session

KEY = bytes(range(32))
SHOP, CHANNEL, PACK = "店", "main", "noon"
# The same rules where it is about noon now, so that every message counts.
NOON = """
pack:
  id: noon
  version: "1"
  extends: pdd
  title: {{zh: 正午, en: Noon}}
  timezone: "Etc/GMT{offset:+d}"
"""
CONFIG = """
log = "{log}"
port = {port}
[webhooks.main]
shop = "{shop}"
channel = "{channel}"
secrets = ["{secret}"]
pack = "{pack}"
to = "{to}"
to_inside = true
"""


@dataclass
class House:
    """A house in a folder; `log` is where its log lies, a path or an address."""

    folder: Path
    log: str
    to: str
    port: int = 0
    process: subprocess.Popen[str] | None = None
    kills: int = 0

    def furnish(self, agents: int) -> dict[str, str]:
        """A pack, settings and people who can log in: the tokens of the agents by their names."""
        self.port = self.port or _free_port()
        packs = self.folder / "packs"
        packs.mkdir(exist_ok=True)
        offset = datetime.now(UTC).hour - 12
        (packs / "noon-1.yaml").write_text(NOON.format(offset=offset), "utf-8")
        written = CONFIG.format(
            log=self.log,
            port=self.port,
            shop=SHOP,
            channel=CHANNEL,
            secret=new_secret(KEY),
            pack=PACK,
            to=self.to,
        )
        (self.folder / "miaohui.toml").write_text(written, "utf-8")
        os.environ["MIAOHUI_MASTER_KEY_FILE"] = str(self.folder / "key")
        os.environ["MIAOHUI_PACKS"] = str(packs)
        return self._people(agents)

    def start(self) -> None:
        """Open it, and wait until it answers."""
        command = ("-m", "miaohui", "serve", "-c", str(self.folder / "miaohui.toml"))
        with (self.folder / "complaints.log").open("a") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if "http://" not in said:
            raise RuntimeError(said + (self.folder / "complaints.log").read_text()[-2000:])

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()
        self.kills += 1

    def close(self) -> None:
        """As Ctrl-C does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)

    def opened_log(self) -> OpenLog:
        """The log itself."""
        return open_log_at(place_of(self.log), create=True)

    def report(self, as_of: str) -> Sequence[str]:
        """The command that reports on the log."""
        return (
            *(sys.executable, "-m", "miaohui", "report", self.log, "--pack", PACK),
            *("--format", "json", "--brief", "--as-of", as_of),
        )

    def _people(self, agents: int) -> dict[str, str]:
        self.opened_log().close()
        with closing(open_tables_at(place_of(self.log), False)) as tables:
            people = People(
                TableDirectory(tables), Argon2Passwords(), TimedCodes(), secrets.randbits
            )
            here = Shops(only=frozenset({SHOP}))
            now = datetime.now(UTC)
            tokens: dict[str, str] = {}
            for number in range(agents):
                name = f"agent{number}"
                account = Account(name, name, LEAD, shops=here, capacity=500)
                people.directory.add_account(account, Secret("none"), Author(None, now))
                session = open_session(people, now, account, "ordeal", "127.0.0.1")
                tokens[name] = session.token.reveal()
            return tokens


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
