"""From a log to figures: the log tells what the events told, and erasing moves nothing."""

import random

import pytest
from msgspec.structs import replace
from tests.domain.analytics.packs import BRIEFS, made_up
from tests.domain.analytics.small_packs import small_pack
from tests.events import asks, at, chat, events_of, replies
from tests.pipelines.logs import log_in, now, poured, report_from, unnamed
from tests.reference.nasty_logs import rows as nasty_rows

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.facts import figures, known_until


def nasty(seed: int) -> list[Event]:
    events = events_of(nasty_rows(random.Random(seed), 60))
    return [
        replace(event, payload=replace(event.payload, brief=(*BRIEFS, None)[event.seq % 4]))
        for event in events
    ]


def as_told(shop: str, channel: str, conversations):
    return {conversation: conversation for conversation in conversations}


def pack_for(seed: int):
    return load_pack("pdd") if seed % 2 else made_up(random.Random(seed).choice)


@pytest.mark.parametrize("seed", range(24))
def test_the_report_of_a_log_is_that_of_its_events_in_batches_of_any_size(tmp_path, seed):
    events, pack = nasty(seed), pack_for(seed)
    as_of = None if seed % 3 else events[len(events) // 2].at
    facts = facts_of(events)
    expected = figures(facts, pack, as_told, as_of or known_until(facts, now()))
    with log_in(tmp_path) as log:
        poured(log, events, batch=1 + seed * 3)
        assert report_from(log, pack, as_of) == expected


@pytest.mark.parametrize("seed", range(12))
def test_erasing_buyers_moves_no_figure(tmp_path, seed):
    events, pack = nasty(seed), pack_for(seed)
    people = sorted({(event.shop, event.channel, event.buyer) for event in events})
    with log_in(tmp_path) as log:
        poured(log, events)
        before = unnamed(report_from(log, pack))
        for person in people[:: 1 + seed % 2]:
            assert log.erase_buyer(*person)
            assert unnamed(report_from(log, pack)) == before
        assert log.check() == []


def test_missed_chats_carry_names_that_people_know_until_their_buyer_is_erased(tmp_path):
    with log_in(tmp_path) as log:
        poured(log, chat(asks("10:00:00"), asks("11:00:00", buyer="wang")))
        pack, as_of = small_pack(), at("12:00:00")
        missed = report_from(log, pack, as_of).shops[0].missed
        assert [chat.conversation for chat in missed] == ["wang", "li"]
        log.erase_buyer("tea", "webchat", "wang")
        erased, li = report_from(log, pack, as_of).shops[0].missed
        assert (erased.conversation[:7], li.conversation) == ("erased-", "li")


def test_the_figures_of_an_empty_log_are_of_no_shop(tmp_path):
    with log_in(tmp_path) as log:
        assert report_from(log, load_pack("pdd")).shops == ()


def test_a_shop_where_nobody_was_missed_is_named_for_nothing(tmp_path):
    with log_in(tmp_path) as log:
        poured(log, chat(asks("10:00:00"), replies("10:00:10")))
        [shop] = report_from(log, small_pack()).shops
        assert shop.missed == ()


def test_an_empty_log_is_known_up_to_now_and_any_other_up_to_its_newest_event(tmp_path):
    with log_in(tmp_path) as log:
        assert report_from(log, small_pack()).as_of == now()
        poured(log, chat(asks("10:00:00"), replies("10:00:10"), asks("09:00:00")))
        assert report_from(log, small_pack()).as_of == at("10:00:10")
        assert report_from(log, small_pack(), at("09:30:00")).as_of == at("09:30:00")
