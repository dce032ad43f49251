"""A webhook is believed only if it is genuine, fresh and new."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.channels.webhook.door import WebhookDoor
from miaohui.adapters.channels.webhook.signature import (
    Headers,
    key_of,
    new_secret,
    refusal,
    signed,
    signed_by,
)
from miaohui.domain.vocabulary.problems import ReaderError

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def test_the_example_of_standard_webhooks_is_signed_as_it_says():
    # https://github.com/standard-webhooks/standard-webhooks: the test vector of its libraries.
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert key is not None
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers.signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_genuine_fresh_delivery_is_believed_under_any_of_the_secrets():
    for keys in ([KEY], [OTHER, KEY], [KEY, OTHER]):
        assert refusal(keys, signed(KEY, "d1", NOW, b"body"), b"body", NOW) is None


def test_of_several_signatures_one_genuine_is_enough():
    one, other = signed(KEY, "d1", NOW, b"b"), signed(OTHER, "d1", NOW, b"b")
    both = Headers("d1", one.timestamp, f"{other.signature} {one.signature}")
    assert refusal([KEY], both, b"b", NOW) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"signature": ""}, "webhook.unsigned"),
        ({"id": ""}, "webhook.unsigned"),
        ({"timestamp": ""}, "webhook.unsigned"),
        ({"id": "d2"}, "webhook.not_genuine"),
        ({"timestamp": "1793620801"}, "webhook.not_genuine"),
        ({"signature": "v1,"}, "webhook.not_genuine"),
        ({"signature": "v2,g0hM9SsE"}, "webhook.not_genuine"),
        ({"signature": "v1a,签名"}, "webhook.not_genuine"),
        ({"timestamp": "١٢٣"}, "webhook.not_genuine"),
    ],
)
def test_whatever_is_changed_is_noticed(changed, reason):
    genuine = signed(KEY, "d1", NOW, b"body")
    parts = {"id": genuine.id, "timestamp": genuine.timestamp, "signature": genuine.signature}
    assert refusal([KEY], Headers(**{**parts, **changed}), b"body", NOW) == reason


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_no_other_body_and_no_other_key_passes(body, other):
    headers = signed(KEY, "d1", NOW, body)
    assert (refusal([KEY], headers, other, NOW) is None) == (body == other)
    assert refusal([OTHER], headers, body, NOW) == "webhook.not_genuine"


@pytest.mark.parametrize("seconds", [-300, -1, 0, 299, 300])
def test_within_five_minutes_a_delivery_is_fresh(seconds):
    headers = signed(KEY, "d1", NOW, b"")
    assert refusal([KEY], headers, b"", NOW + timedelta(seconds=seconds)) is None


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_beyond_five_minutes_it_is_too_old(seconds):
    headers = signed(KEY, "d1", NOW, b"")
    assert refusal([KEY], headers, b"", NOW + timedelta(seconds=seconds)) == "webhook.too_old"


def test_a_secret_is_a_prefix_and_enough_random_bytes():
    assert key_of(new_secret(KEY)) == KEY
    short = "whsec_" + base64.b64encode(b"x" * 23).decode()
    long = "whsec_" + base64.b64encode(b"x" * 65).decode()
    for wrong in ("", "whsec_", new_secret(KEY)[6:], short, long, "whsec_不是", "whsec_a*b="):
        assert key_of(wrong) is None


def test_a_door_takes_a_delivery_once_and_one_that_failed_again():
    door = WebhookDoor("茶叶铺", "web", [KEY])
    headers = signed(KEY, "d1", NOW, b"{}").named()
    assert door.admit(headers, b"{}", NOW) == "d1"
    assert door.admit(headers, b"{}", NOW) == "d1"
    door.taken("d1", NOW)
    with pytest.raises(ReaderError) as refused:
        door.admit(headers, b"{}", NOW)
    assert refused.value.problems[0].key == "webhook.repeated"


def test_a_door_forgets_what_its_time_alone_would_refuse():
    door = WebhookDoor("茶叶铺", "web", [KEY])
    for minute in range(60):
        door.taken(f"d{minute}", NOW + timedelta(minutes=minute))
    assert len(door._taken) <= 11
    assert "d59" in door._taken


def test_a_door_shows_no_secret():
    assert "000" not in repr(WebhookDoor("店", "web", [b"0" * 32]))


def test_while_a_secret_is_changed_a_delivery_is_genuine_under_the_old_one_and_the_new():
    headers = signed_by([OTHER, KEY], "d1", NOW, b"body")
    for keys in ([KEY], [OTHER], [KEY, OTHER]):
        assert refusal(keys, headers, b"body", NOW) is None
    assert refusal([b"3" * 32], headers, b"body", NOW) == "webhook.not_genuine"
