"""What every way to tell somebody must do: an outcome whatever happens, and no secret in it."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

import pytest
from tests.adapters.notify.notices import LINK, notice

from miaohui.adapters.notify.port import TAKEN, Notifier, Outcome, Told
from miaohui.domain.directory.secret import Secret

HOSTILE = [
    "",
    "\r\nBcc: thief@example.com\r\n\r\nhello",
    "\x00\x07\x1b[31m\u202e\ud800",
    "长" * 30_000,
    '"\\\n' * 9_000,
    "{{ 7 * 7 }} {% raw %} %s {0} <script>alert(1)</script>",
]


class Place(NamedTuple):
    """A notifier, somebody to tell, what arrived there, and what nobody may read in an outcome."""

    notifier: Notifier
    address: Secret
    arrived: Callable[[], Sequence[str]]
    secrets: Sequence[str]


class NotifierContract:
    """Inherit, and say where; a mood is what the other side does with what it hears."""

    bad_addresses: Sequence[str] = ()

    def place(self, mood: str) -> AbstractAsyncContextManager[Place]:
        raise NotImplementedError

    def tell(self, mood: str, *notices) -> tuple[list[Told], list[str]]:
        async def story():
            async with self.place(mood) as place:
                told = [await place.notifier.tell(place.address, each) for each in notices]
                for each in told:
                    assert not any(secret in repr(each) for secret in place.secrets)
                assert not any(secret in repr(place.notifier) for secret in place.secrets)
                return told, list(place.arrived())

        return asyncio.run(story())

    def test_a_notice_arrives_with_its_words_and_its_link(self):
        told, (arrived,) = self.tell("takes", notice())
        assert told == [TAKEN]
        assert "还有 30 秒就超时" in arrived
        assert "在吗？" in arrived
        assert LINK in arrived

    @pytest.mark.parametrize(
        ("mood", "outcome"),
        [
            ("gone", Outcome.GONE),
            ("busy", Outcome.LATER),
            ("refuses", Outcome.REFUSED),
            ("hangs", Outcome.LATER),
            ("absent", Outcome.LATER),
            ("babbles", Outcome.LATER),
            ("unsafe", Outcome.REFUSED),
        ],
    )
    def test_whatever_the_other_side_does_there_is_an_outcome_and_a_reason(self, mood, outcome):
        (told,), _ = self.tell(mood, notice())
        assert told.outcome is outcome
        assert re.fullmatch(r"[a-z0-9_-]+", told.reason)

    def test_no_wording_breaks_a_notice(self):
        hostile = [notice(key=each, title=each, text=each, link=each) for each in HOSTILE]
        for each in hostile:
            told, arrived = self.tell("takes", each)
            assert (told, len(arrived)) == ([TAKEN], 1)

    def test_an_address_that_is_none_is_refused(self):
        async def story():
            async with self.place("takes") as place:
                return [
                    await place.notifier.tell(Secret(each), notice())
                    for each in ("", "nonsense", "\r\n", "\ud800", "null", *self.bad_addresses)
                ], place.arrived()

        told, arrived = asyncio.run(story())
        assert set(told) == {Told(Outcome.REFUSED, "bad_address")}
        assert list(arrived) == []

    def test_several_are_told_at_once(self):
        async def story():
            async with self.place("takes") as place:
                notices = [notice(key=f"wait:{number}") for number in range(5)]
                told = await asyncio.gather(
                    *(place.notifier.tell(place.address, each) for each in notices)
                )
                return told, len(place.arrived())

        assert asyncio.run(story()) == ([TAKEN] * 5, 5)
