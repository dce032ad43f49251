"""Secrets do not show."""

import copy
import json
import logging
import pickle

import msgspec
import pytest

from miaohui.domain.directory.secret import Secret

WORD = "开门的暗号"


class Holder(msgspec.Struct, frozen=True):
    name: str
    token: Secret


def test_a_secret_shows_only_to_who_asks_for_it():
    assert Secret(WORD).reveal() == WORD


def test_no_way_of_writing_it_shows_a_secret(caplog):
    secret = Secret(WORD)
    with caplog.at_level(logging.INFO):
        logging.getLogger("house").info("%s %r", secret, secret)
    held = Holder("小王", secret)
    shown = (
        repr(secret), str(secret), f"{secret}", f"{secret!a}", repr([secret]), repr(held),
        str(ValueError(secret)), caplog.text, repr(dir(secret)),
    )  # fmt: skip
    assert not any(WORD in each for each in shown)


def test_a_secret_is_not_written_down():
    secret = Secret(WORD)
    with pytest.raises(TypeError):
        msgspec.json.encode(Holder("小王", secret))
    with pytest.raises(TypeError):
        json.dumps({"token": secret})
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)
    assert not hasattr(secret, "__dict__")


def test_secrets_are_not_compared_by_what_is_in_them():
    assert Secret(WORD) != Secret(WORD)
