"""Real objects for whatever a path of the API names, and bodies for whatever it asks: all of the
tea shop, so that whoever works elsewhere must not reach them.

A route that is added later needs nothing here but a maker for what is new in its path.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from random import SystemRandom
from time import sleep
from typing import Any, NamedTuple

import httpx
from tests.journeys.clients import added, api, as_, done
from tests.journeys.desks import Place
from tests.journeys.serving import CHANNEL, SHOP, delivered, log_in, told

from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords, Cost
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.chat_ports import ChatKey
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.live_ports import Attempt, Sending
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.quick_replies import QuickReply
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Mark, Origin
from miaohui.pipelines.house import House
from miaohui.pipelines.logins import open_session

ELSEWHERE = "咖啡铺"
METHODS = ("get", "put", "post", "delete", "patch")
WANTED = re.compile(r"\{(\w+)\}")
# What is of one shop, or of people of one shop.
OF_THE_SHOP = frozenset(
    {
        "shop",
        "chat_id",
        "account_id",
        "group_id",
        "invitation_id",
        "key_id",
        "channel",
        "seq",
        "erasure_id",
        "alarm_id",
    }
)
_numbers = count(1)


class Operation(NamedTuple):
    """One operation of the document."""

    method: str
    path: str
    told: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def wanted(self) -> list[str]:
        """What is named in its path."""
        return WANTED.findall(self.path)


def operations_of(document: dict[str, Any]) -> list[Operation]:
    """Every operation of the document."""
    return [
        Operation(method, path, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if method in METHODS
    ]


class Samples:
    """Makes what requests need, in a running house."""

    def __init__(self, place: Place, people: House, store: TableDesk, boss: httpx.Client) -> None:
        self._place = place
        self._people = people
        self._store = store
        self._boss = boss
        self._kept: dict[str, str] = {}
        self._keeper: str | None = None

    def path(self, operation: Operation, account: Account | None, fresh: bool) -> str:
        """The path with real ids; `fresh`: of objects that nobody has done anything to."""
        names = operation.wanted
        found = {name: self.one(name, account, fresh) for name in names}
        if operation.path.endswith("/webchat"):
            found["channel"] = self.one("webchat_channel", account, fresh)
        return WANTED.sub(lambda each: found[each.group(1)], operation.path)

    def body(self, operation: Operation) -> Any:
        """The body that the document shows, with a name of its own where that must be new."""
        content = operation.told.get("requestBody", {}).get("content", {})
        shown = content.get("application/json", {}).get("example")
        if operation.method == "post" and isinstance(shown, dict):
            number = next(_numbers)
            new = {key: f"{shown[key]}{number}" for key in ("id", "name") if key in shown}
            return shown | new
        return shown

    def one(self, name: str, account: Account | None, fresh: bool = False) -> str:
        """The id of an object, by how a path calls it."""
        if name in PERSONAL:
            return PERSONAL[name](self, account) if account else "1"
        if fresh or name not in self._kept:
            self._kept[name] = MAKERS[name](self)
        return self._kept[name]

    def token(self, account: Account) -> str:
        """A session of its own."""
        return self._session(account)[0]

    def _session(self, account: Account) -> tuple[str, str]:
        opened = open_session(self._people, datetime.now(UTC), account, "test", "127.0.0.1")
        return opened.token.reveal(), opened.session.id

    # Makers
    def session(self, account: Account) -> str:
        return self._session(account)[1]

    def reply(self, account: Account) -> str:
        """A quick reply of somebody's own."""
        number = f"r{next(_numbers)}"
        own = QuickReply(id=number, title="在", text="在的", account=account.id)
        self._store.keep_quick_replies([own], Author(account.id, datetime.now(UTC)))
        return number

    def address(self, account: Account) -> str:
        """A mailbox of somebody's own; no test may send anything there."""
        with api(self._place.house, self._session(account)[0]) as owner:
            wanted = {"mailbox": f"{next(_numbers)}@example.invalid"}
            return done(owner.post("/me/addresses", json=wanted), 201)["id"]

    def robot(self) -> str:
        """One that stands inside the network, so that nobody is ever told anything."""
        settings = f"/shops/{SHOP}/settings/robots"
        version = done(self._boss.get(settings))["version"]
        robot = {"name": "样", "webhook": "https://127.0.0.1/send", "product": "feishu"}
        body = {"value": {"robots": [robot]}, "expected_version": version}
        done(self._boss.put(settings, json=body))
        return "样"

    def alarm(self) -> str:
        """Of leads: the channel takes nothing."""
        wanted = {"patience": {"channel_failing": 0}, "quiet_hours": None}
        settings = f"/shops/{SHOP}/settings/alarms"
        version = done(self._boss.get(settings))["version"]
        body = {"value": wanted, "expected_version": version}
        done(self._boss.put(settings, json=body))
        path = f"/chats/{self.one('chat_id', None)}/messages"
        done(self._boss.post(path, json={"text": "在的"}), 201)
        for _ in range(200):
            for each in done(self._boss.get("/alarms")):
                if (each["kind"], each["level"]) == ("channel_failing", "lead"):
                    return each["id"]
            sleep(0.05)
        raise AssertionError("the failing channel was not told")

    def task(self) -> str:
        path = f"/chats/{self._kept['chat_id']}/tasks"
        due = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        done(self._boss.post(path, json={"due": due}), 201)
        tasks = done(self._boss.get("/tasks"))
        return next(each["task"]["id"] for each in tasks if each["chat"] == self._kept["chat_id"])

    def chat(self) -> str:
        number = next(_numbers)
        done(delivered(self._place.house, told(f"sample{number}", f"sample{number}")))
        with log_in(self._place.folder) as log:
            (chat_id,) = log.chats().chat_ids([ChatKey(SHOP, CHANNEL, f"sample{number}")])
        return chat_id

    def account(self) -> str:
        wanted = {
            "name": f"小样{next(_numbers)}",
            "role": "agent",
            "first_password": "first word for everybody",
            "shops": {"only": [SHOP]},
        }
        return done(self._boss.post("/accounts", json=wanted), 201)["id"]

    def role(self) -> str:
        wanted = {"name": f"角色{next(_numbers)}", "rights": ["chats.read"]}
        return done(self._boss.post("/roles", json=wanted), 201)["id"]

    def group(self) -> str:
        wanted = {"name": f"小组{next(_numbers)}", "shops": {"only": [SHOP]}}
        return done(self._boss.post("/groups", json=wanted), 201)["id"]

    def invitation(self) -> str:
        wanted = {"role": "agent", "shops": {"only": [SHOP]}}
        return done(self._boss.post("/invitations", json=wanted), 201)["invitation"]["id"]

    def key(self) -> str:
        """A key of somebody whom every owner here may manage."""
        if self._keeper is None:
            rights = ["chats.read", "api_keys.manage"]
            role = done(self._boss.post("/roles", json={"name": "管钥匙", "rights": rights}), 201)
            self._keeper = added(self._boss, "小钥", role["id"])["token"]
        wanted = {"label": "样", "rights": ["chats.read"], "shops": {"only": [SHOP]}}
        with api(self._place.house, self._keeper) as keeper:
            return done(keeper.post("/api-keys", json=wanted), 201)["key"]["id"]

    def channel(self) -> str:
        wanted = {"id": f"渠道{next(_numbers)}", "kind": "webhook", "name": "样"}
        made = done(self._boss.post(f"/shops/{SHOP}/channels", json=wanted), 201)
        return made["id"]

    def webchat_channel(self) -> str:
        name = f"官网{next(_numbers)}"
        wanted = {"id": name, "kind": "webchat", "name": name}
        return done(self._boss.post(f"/shops/{SHOP}/channels", json=wanted), 201)["id"]

    def webchat(self) -> str:
        name = self.webchat_channel()
        told = done(self._boss.get(f"/shops/{SHOP}/channels/{name}/webchat"))
        return told["path"].rpartition("/")[2]

    def secret(self) -> str:
        path = f"/shops/{SHOP}/channels/{self._kept['channel']}/webhook"
        known = done(self._boss.get(path))["secrets"]
        return (known[0] if known else done(self._boss.post(f"{path}/secrets"), 201))["id"]

    def erasure(self) -> str:
        number = f"to be erased {next(_numbers)}"
        done(delivered(self._place.house, told(number, number)))
        wanted = {"channel": CHANNEL, "buyer": number}
        return done(self._boss.post(f"/shops/{SHOP}/erasures", json=wanted), 201)["id"]

    def message(self, account: Account) -> str:
        """That somebody wrote themselves, where they may."""
        path = f"/chats/{self._kept['chat_id']}/messages"
        with api(self._place.house, self._session(account)[0]) as writer:
            answer = writer.post(path, json={"text": "在的"})
        return str(answer.json()["seq"]) if answer.status_code == 201 else "1"

    def failed_message(self) -> str:
        now, number = datetime.now(UTC), next(_numbers)
        said = Event(
            shop=SHOP,
            channel=CHANNEL,
            conversation="given up",
            buyer="given up",
            at=now,
            actor=Actor.AGENT,
            origin=Origin.HUMAN,
            kind="text",
            source_id=f"given up {number}",
            payload=Payload(text="在的"),
        )
        with log_in(self._place.folder) as log:
            (recorded,) = log.record([said], now, [0])
            log.record([], now, (), [Attempt(SHOP, recorded.seq, Sending.FAILED, reason="gone")])
        return str(recorded.seq)


# What everybody has of their own.
PERSONAL: dict[str, Callable[[Samples, Account], str]] = {
    "session_id": Samples.session,
    "reply_id": Samples.reply,
    "address_id": Samples.address,
    "message_seq": Samples.message,
}
MAKERS: dict[str, Callable[[Samples], str]] = {
    "shop": lambda _: SHOP,
    "chat_id": Samples.chat,
    "account_id": Samples.account,
    "role_id": Samples.role,
    "group_id": Samples.group,
    "invitation_id": Samples.invitation,
    "key_id": Samples.key,
    "channel": Samples.channel,
    "secret_id": Samples.secret,
    "seq": Samples.failed_message,
    "task_id": Samples.task,
    "erasure_id": Samples.erasure,
    "webchat_id": Samples.webchat,
    "webchat_channel": Samples.webchat_channel,
    "media_id": lambda _: "0" * 32,
    "alarm_id": Samples.alarm,
    "robot": Samples.robot,
    "channel_id": lambda _: "main",
    "tag": lambda _: "VIP",
    "mark": lambda _: Mark.MALICIOUS_USER.value,
}


@contextmanager
def samples_in(place: Place, owner: str) -> Iterator[Samples]:
    """Samples of a running house, made by an owner who does nothing else."""
    cheap = Argon2Passwords(Cost(passes=1, memory_kib=64, lanes=1))
    database, key = place.folder / "shop.db", place.folder / "key"
    with (
        closing(open_sqlite_tables(database, key, create=False)) as tables,
        as_(place, owner) as boss,
    ):
        people = House(TableDirectory(tables), cheap, TimedCodes(), SystemRandom().getrandbits)
        yield Samples(place, people, TableDesk(tables), boss)
