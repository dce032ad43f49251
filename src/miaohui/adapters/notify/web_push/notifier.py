"""Notices to browsers, each encrypted for one browser and handed to its push service (RFC 8030)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02, VapidException

from miaohui.adapters.notify.port import Notice, Outcome, Told
from miaohui.adapters.notify.replies import by_status
from miaohui.adapters.notify.web_push.base64url import written
from miaohui.adapters.notify.web_push.keys import read_private_key
from miaohui.adapters.notify.web_push.showing import shown
from miaohui.adapters.notify.web_push.subscription import Browser, read_subscription
from miaohui.adapters.outbound.posting import Outbound
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError

KEPT_FOR = timedelta(hours=1)  # an alarm that an absent browser gets later than this helps nobody
SIGNED_FOR = timedelta(hours=12)  # at most a day (RFC 8292, section 2)
TOPIC_BYTES = 24  # 32 letters, the most that a topic may have (RFC 8030, section 5.4)
GONE = frozenset({404, 410})


class WebPushNotifier:
    """port.Notifier; an address is a PushSubscription in JSON.

    `contact` is where push services write when something is wrong, `mailto:…` or `https://…`.
    Raises ReaderError `push.key`, `push.contact`.
    """

    def __init__(
        self,
        private_key: Secret,
        contact: str,
        outbound: Outbound,
        clock: Callable[[], datetime],
    ) -> None:
        self._signer = Vapid02(read_private_key(private_key))
        self._contact = contact
        self._outbound = outbound
        self._clock = clock
        try:
            self._signature("https://push.example.org")
        except VapidException:
            raise ReaderError(Problem("push.contact", {"value": contact})) from None

    async def tell(self, address: Secret, notice: Notice) -> Told:
        """See port.Notifier."""
        browser = read_subscription(address.reveal())
        if browser is None:
            return Told(Outcome.REFUSED, "bad_address")
        topic = topic_of(notice.key)
        try:
            headers = self._headers(browser, notice, topic)
        except VapidException:  # its address is none that can be signed for
            return Told(Outcome.REFUSED, "bad_address")
        body = sealed(shown(notice, topic), browser)
        return by_status(await self._outbound.post(browser.endpoint, headers, body), GONE)

    def _headers(self, browser: Browser, notice: Notice, topic: str) -> dict[str, str]:
        return {
            "authorization": self._signature(browser.origin),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(int(KEPT_FOR.total_seconds())),
            "topic": topic,
            "urgency": notice.urgency.value,
        }

    def _signature(self, origin: str) -> str:
        until = int((self._clock() + SIGNED_FOR).timestamp())
        claims = {"aud": origin, "exp": until, "sub": self._contact}
        return self._signer.sign(claims)["Authorization"]


def topic_of(key: str) -> str:
    """What a push service and a browser know a key by: the later message replaces the earlier."""
    return written(sha256(key.encode("utf-8", "replace")).digest()[:TOPIC_BYTES])


def sealed(message: bytes, browser: Browser) -> bytes:
    """A message that only this browser can read (RFC 8291)."""
    return http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=browser.key,
        auth_secret=browser.secret,
        version="aes128gcm",
    )
