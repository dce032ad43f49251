from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.notify.web_push.keys import (
    CHANCE_BYTES,
    ORDER,
    new_private_key,
    public_key,
    read_private_key,
)
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError


@given(st.binary(min_size=CHANCE_BYTES, max_size=CHANCE_BYTES))
def test_any_chance_makes_a_key_that_survives_the_settings(chance):
    key = new_private_key(chance)
    assert new_private_key(chance).reveal() == key.reveal()
    assert 0 < read_private_key(key).private_numbers().private_value < ORDER


@pytest.mark.parametrize("chance", [bytes(CHANCE_BYTES), b"\xff" * CHANCE_BYTES])
def test_the_ends_of_chance_make_keys_too(chance):
    assert urlsafe_b64decode(public_key(new_private_key(chance)) + "=")[0] == 4


def test_the_public_key_is_what_a_page_subscribes_with():
    # The application server's pair of RFC 8291, appendix A.
    private = Secret("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    assert public_key(private) == (
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    )


def test_too_little_chance_makes_no_key():
    with pytest.raises(ValueError):
        new_private_key(bytes(CHANCE_BYTES - 1))


@pytest.mark.parametrize("text", ["", "A" * 43, "nonsense!", "AAAA", "_" * 43, "老板", "\n" * 43])
def test_a_text_that_holds_no_key_is_told_so(text):
    with pytest.raises(ReaderError) as refused:
        public_key(Secret(text))
    assert refused.value.problems[0].key == "push.key"
