"""Notices through a push service that checks who sends, to a browser that really decrypts."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from tests.adapters.notify.certificates import served, trusting
from tests.adapters.notify.notices import LINK, NOW, notice, urgent
from tests.adapters.notify.notifier_contract import NotifierContract, Place
from tests.adapters.notify.web_push.push_services import (
    AUTH,
    PATH,
    Browser,
    base64url,
    signed_by,
)
from tests.adapters.outbound.receivers import Answering, answer, receiver

from miaohui.adapters.notify.port import TAKEN, Outcome, Told
from miaohui.adapters.notify.web_push.keys import CHANCE_BYTES, new_private_key, public_key
from miaohui.adapters.notify.web_push.notifier import WebPushNotifier
from miaohui.adapters.outbound.posting import Outbound
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError

KEY = new_private_key(bytes(range(CHANCE_BYTES)))
CONTACT = "mailto:owner@shop.example"
ANSWERS = {
    "takes": answer(201),
    "gone": answer(410),
    "busy": answer(429, "Retry-After: 120"),
    "refuses": answer(403, body=b"the key is another"),
    "babbles": b"220 mail.example ESMTP\r\n\r\n",
}


def notifier(outbound: Outbound) -> WebPushNotifier:
    return WebPushNotifier(KEY, CONTACT, outbound, lambda: NOW)


class TestWebPushNotifier(NotifierContract):
    bad_addresses = (
        json.dumps({"endpoint": "https://push.example.org/x"}),
        Browser().subscription(1).replace("https", "http"),
        Browser().subscription(1).replace("127.0.0.1", "[::1"),
        Browser().subscription(1).replace(base64url(AUTH), "AAAA"),
        Browser().subscription(1).replace('"p256dh": "B', '"p256dh": "A'),
        Browser().subscription(1, "/a b"),
        Browser().subscription(99999),
    )

    @asynccontextmanager
    async def place(self, mood: str):
        browser = Browser()
        inside, quick = mood != "unsafe", 0.3 if mood == "hangs" else 20.0
        outbound = Outbound(inside=inside, trusted=trusting(), whole_seconds=quick)

        def answering(heard) -> bytes:
            signed_by(heard)
            return ANSWERS.get(mood, answer(201))

        def place(port: int, heard: list) -> Place:
            secrets = (KEY.reveal(), PATH, base64url(AUTH), str(port))
            address = Secret(browser.subscription(port))
            return Place(notifier(outbound), address, lambda: told(browser, heard), secrets)

        silent: Answering | None = None if mood == "hangs" else answering
        async with receiver(silent, served()) as (port, heard):
            if mood != "absent":
                yield place(port, heard)
            await outbound.close()
        if mood == "absent":
            yield place(port, heard)


def told(browser: Browser, heard: list) -> list[str]:
    return [json.dumps(browser.opened(each), ensure_ascii=False) for each in heard]


def heard_of(*notices):
    """What a browser's push service was told."""

    async def story():
        browser, outbound = Browser(), Outbound(inside=True, trusted=trusting())
        async with receiver(lambda _: answer(201), served()) as (port, heard):
            address = Secret(browser.subscription(port))
            for each in notices:
                assert await notifier(outbound).tell(address, each) == TAKEN
            await outbound.close()
            return browser, port, heard

    return asyncio.run(story())


def test_the_service_worker_gets_what_a_browser_shows():
    browser, _, (heard,) = heard_of(notice(key="wait:c7", text="在等"))
    shown = browser.opened(heard)
    tag = shown["options"].pop("tag")
    assert shown == {
        "title": "还有 30 秒就超时",
        "options": {
            "body": "在等",
            "lang": "zh",
            "silent": False,
            "renotify": True,
            "requireInteraction": False,
            "data": {"link": LINK},
        },
    }
    assert tag == heard.headers["topic"]


def test_the_house_signs_for_the_origin_it_speaks_to_and_for_less_than_a_day():
    _, port, (heard,) = heard_of(notice())
    key, claims = signed_by(heard)
    assert key == public_key(KEY)
    assert (claims["aud"], claims["sub"]) == (f"https://127.0.0.1:{port}", CONTACT)
    assert NOW.timestamp() < claims["exp"] <= (NOW + timedelta(days=1)).timestamp()


def test_later_notices_of_a_key_replace_earlier_ones_and_no_others():
    _, _, heard = heard_of(notice(key="客" * 99), notice(key="客" * 99, text="x"), notice(key="b"))
    topics = [each.headers["topic"] for each in heard]
    assert topics[0] == topics[1] != topics[2]
    assert all(len(topic) == 32 for topic in topics)


def test_an_alarm_wakes_a_sleeping_browser_and_stays_until_it_is_seen():
    browser, _, (loud, quiet, silent) = heard_of(urgent(), notice(), urgent(silent=True))
    assert [each.headers["urgency"] for each in (loud, quiet, silent)] == ["high", "normal", "high"]
    options = [browser.opened(each)["options"] for each in (loud, quiet, silent)]
    assert [each["requireInteraction"] for each in options] == [True, False, False]
    assert [each["renotify"] for each in options] == [True, True, False]
    assert int(loud.headers["ttl"]) == 3600


@pytest.mark.parametrize("text", ["长" * 5_000, '"\\\n' * 5_000, "\x01" * 5_000])
def test_a_long_text_is_cut_to_what_a_push_message_holds(text):
    browser, _, (heard,) = heard_of(notice(text=text, link=LINK))
    shown = browser.opened(heard)["options"]
    assert shown["body"].endswith("…")
    assert text.startswith(shown["body"].removesuffix("…"))
    assert shown["data"]["link"] == LINK
    assert len(heard.body) > 4_000


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (answer(200), TAKEN),
        (answer(404), Told(Outcome.GONE, "http_404")),
        (answer(410), Told(Outcome.GONE, "http_410")),
        (answer(413), Told(Outcome.REFUSED, "http_413")),
        (answer(401), Told(Outcome.REFUSED, "http_401")),
        (answer(429), Told(Outcome.LATER, "http_429")),
        (answer(503, "retry-after: 5"), Told(Outcome.LATER, "http_503", timedelta(seconds=5))),
        (answer(301, "location: https://127.0.0.1/"), Told(Outcome.REFUSED, "http_301")),
    ],
)
def test_what_a_push_service_says_decides(answered, expected):
    async def story() -> Told:
        outbound = Outbound(inside=True, trusted=trusting())
        async with receiver(lambda _: answered, served()) as (port, _):
            address = Secret(Browser().subscription(port))
            try:
                return await notifier(outbound).tell(address, notice())
            finally:
                await outbound.close()

    assert asyncio.run(story()) == expected


@pytest.mark.parametrize("contact", ["", "owner@shop.example", "http://shop.example", "mailto:x"])
def test_a_contact_that_push_services_cannot_write_to_is_told_at_once(contact):
    with pytest.raises(ReaderError) as refused:
        WebPushNotifier(KEY, contact, Outbound(), lambda: NOW)
    assert refused.value.problems[0].key == "push.contact"
