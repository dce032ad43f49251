"""A token is believed only as it was given."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.channels.visit_port import Visit
from miaohui.adapters.channels.webchat.door import WebchatDoor
from miaohui.adapters.channels.webchat.tokens import GOOD_FOR, token_of, visit_of
from miaohui.domain.vocabulary.problems import ReaderError

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
VISIT = Visit("web-abcdefgh234567ab", NOW)
TOKEN = token_of(KEY, VISIT)


def test_a_token_tells_who_brings_it():
    assert visit_of(KEY, TOKEN, NOW) == VISIT


def test_the_token_of_another_channel_is_refused():
    assert visit_of(OTHER, TOKEN, NOW) is None
    with pytest.raises(ReaderError, match=r"webchat\.token"):
        WebchatDoor("茶叶铺", "官网", OTHER).admit(TOKEN, NOW)


@given(st.integers(0, len(TOKEN) - 1), st.characters(max_codepoint=0x2FF))
def test_a_token_of_which_one_character_was_changed_is_refused(place, sign):
    changed = TOKEN[:place] + sign + TOKEN[place + 1 :]
    assert visit_of(KEY, changed, NOW) == (VISIT if changed == TOKEN else None)


@given(st.text(max_size=600))
def test_nonsense_is_refused(written):
    assert visit_of(KEY, written, NOW) is None


def test_a_token_is_good_for_a_year_and_a_bit():
    assert visit_of(KEY, TOKEN, NOW + GOOD_FOR) == VISIT
    assert visit_of(KEY, TOKEN, NOW + GOOD_FOR + timedelta(seconds=1)) is None


def test_a_newer_version_signed_with_our_key_is_refused_all_the_same():
    from miaohui.adapters.channels.webchat import tokens

    signed = "v2." + TOKEN.split(".")[1]
    newer = f"{signed}.{tokens._written(tokens._mac(KEY, signed))}"
    assert visit_of(KEY, newer, NOW) is None
