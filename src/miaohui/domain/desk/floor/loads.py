"""What each agent has in hand, kept up to date chat by chat."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from miaohui.domain.desk.routing.people import Held, Load

# As far back as windows and shares of a policy may look.
REMEMBERED = timedelta(hours=1)


class Loads(Mapping[str, Load]):
    """Loads by account; who has nothing and got nothing of late is not in it."""

    def __init__(self) -> None:
        self._held: defaultdict[str, dict[str, Held]] = defaultdict(dict)
        self._given: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._last_given: dict[str, datetime] = {}
        self._loads: dict[str, Load] = {}

    def hold(self, account: str, held: Held) -> None:
        """An account has a chat in hand, or what is known of it changed."""
        self._held[account][held.conversation] = held
        self._loads.pop(account, None)

    def let_go(self, account: str, chat: str) -> None:
        """An account has a chat no longer."""
        if self._held[account].pop(chat, None):
            self._loads.pop(account, None)

    def give(self, account: str, at: datetime) -> None:
        """An account got one more chat."""
        given = self._given[account]
        given.append(at)
        while given and at - given[0] > REMEMBERED:
            given.popleft()
        self._last_given[account] = max(at, self._last_given.get(account, at))
        self._loads.pop(account, None)

    def held_by(self, account: str) -> Mapping[str, Held]:
        """The chats of an account by id."""
        return self._held.get(account, {})

    def given_to(self, account: str) -> Sequence[datetime]:
        """When an account got chats of late."""
        return self._given.get(account, ())

    def __getitem__(self, account: str) -> Load:
        known = self._loads.get(account)
        if known is None:
            if account not in self._held and account not in self._given:
                raise KeyError(account)
            known = self._loads[account] = Load(
                held=tuple(self._held.get(account, {}).values()),
                assigned_at=tuple(self._given.get(account, ())),
                last_assigned_at=self._last_given.get(account),
            )
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._held.keys() | self._given.keys())

    def __len__(self) -> int:
        return len(self._held.keys() | self._given.keys())
