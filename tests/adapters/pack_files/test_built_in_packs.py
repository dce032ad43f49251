from datetime import date, timedelta

import msgspec
import pytest

from miaohui.adapters.pack_files.headings import BUILT_IN, built_in_packs
from miaohui.adapters.pack_files.library import load_pack
from miaohui.adapters.pack_files.schema import json_schema
from miaohui.domain.conversation.replies import origin_counts
from miaohui.domain.rules.difference import differences
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.kinds import Actor, Origin

NAMES = [pack.name for pack in built_in_packs()]


def metric(pack: Pack, metric_id: str):
    return next(each for each in pack.metrics if each.id == metric_id)


def test_every_file_of_the_packs_folder_is_a_known_pack():
    assert {pack.path for pack in built_in_packs()} == set(BUILT_IN.glob("*.yaml"))
    assert len(set(NAMES)) == len(NAMES)


def test_all_platforms_are_there_and_what_belongs_to_none():
    assert {pack.id for pack in built_in_packs()} == {
        "demo",
        "pdd",
        "taobao",
        "jd",
        "douyin",
        "kuaishou",
        "xiaohongshu",
        "wechat_shop",
        "neutral",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_pack_is_sound_and_named_by_its_heading(name):
    assert load_pack(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_every_pack_has_a_round_metric_to_steer_by_and_all_indicators(name):
    pack = load_pack(name)
    assert any(each.unit == "round" and each.threshold for each in pack.metrics)
    assert len(pack.indicators) == 6


@pytest.mark.parametrize("name", NAMES)
def test_every_label_speaks_both_languages(name):
    pack = load_pack(name)
    for section in ("metrics", "indicators", "thresholds", "menu_paths", "layouts"):
        assert all(entry.label.zh and entry.label.en for entry in getattr(pack, section))


def test_a_bare_id_is_the_newest_version():
    assert load_pack("pdd").name == "pdd@2026.1"


def test_the_pinduoduo_pack_has_the_eleven_metrics_in_their_order():
    pack = load_pack("pdd@2026.1")
    rows = [
        (each.id, each.unit, each.measure, each.threshold, each.success) for each in pack.metrics
    ]
    every, first = "all_messages_within", "first_reply_within"
    seconds = timedelta(seconds=1)
    assert rows == [
        ("reply_3min", "person", "rate", 180 * seconds, every),
        ("reply_3min_round", "round", "rate", 180 * seconds, None),
        ("reply_30s", "message", "rate", 30 * seconds, None),
        ("reply_5min", "round", "rate", 300 * seconds, None),
        ("reply_60min", "person", "rate", 3600 * seconds, every),
        ("reply_60min_first", "person", "rate", 3600 * seconds, first),
        ("first_response", "session", "mean", None, None),
        ("avg_response", "round", "mean", None, None),
        ("avg_response_message", "message", "mean", None, None),
        ("unanswered_persons", "person", "unanswered_persons", None, None),
        ("reply_48h", "round", "rate", 172800 * seconds, None),
    ]
    assert [each.id for each in pack.metrics if each.needs_human] == ["reply_3min"]
    assert [each.id for each in pack.metrics if each.complaints] == ["reply_48h"]
    assert [each.id for each in pack.metrics if each.calendar is None] == ["reply_48h"]
    legacy = [each.id for each in pack.metrics if each.status == "legacy"]
    assert legacy == ["reply_5min", "reply_60min", "reply_60min_first"]


def test_the_pinduoduo_window_is_eight_to_eleven_by_message_and_knows_no_festival():
    pack = load_pack("pdd")
    (calendar,) = pack.calendars
    assert (calendar.windows[0].from_, calendar.windows[0].until) == ("08:00", "23:00")
    assert calendar.clip_by == "message"
    assert pack.overlays == ()


@pytest.mark.parametrize("name", ["pdd@2026.1", "pdd@2018.1"])
def test_the_two_reported_fines_are_apart_unconfirmed_and_in_no_total(name):
    fines = {each.id: each for each in load_pack(name).penalties}
    assert fines["low_reply_rate_fine"].amounts_fen == (100_000,)
    assert fines["late_48h_fine"].amounts_fen == (10_000, 20_000, 30_000)
    for fine in fines.values():
        assert fine.provenance.confidence == "U"
        assert not fine.include_in_totals


def test_the_legacy_pack_leads_with_the_sixty_minute_clock_and_ends_with_2025():
    pack = load_pack("pdd@2018.1")
    assert pack.metrics[0].id == "reply_60min"
    assert pack.pack.effective.until == date(2025, 12, 31)
    assert "reply_3min" not in {each.id for each in pack.metrics}


def test_the_six_differences_between_platforms_are_data():
    packs = {pack_id: load_pack(pack_id) for pack_id in ("jd", "douyin", "kuaishou", "taobao")}
    assert packs["taobao"].metrics[0].unit == "round"
    assert metric(packs["jd"], "first_reply_30s").unit == "session"
    windows = {name: pack.calendars[0].windows[0] for name, pack in packs.items()}
    assert (windows["jd"].from_, windows["kuaishou"].until) == ("09:00", "24:00")
    assert packs["jd"].calendars[0].clip_by == "session_start"
    douyin = metric(packs["douyin"], "avg_response")
    assert (douyin.unanswered, douyin.cap) == ("cap", timedelta(seconds=600))
    bots = {each.id: each.counts for each in packs["kuaishou"].reply_classes}
    older = bots[metric(packs["kuaishou"], "reply_5min").reply_class]
    assert origin_counts(older, Actor.BOT, Origin.BOT)
    assert not origin_counts(bots["human"], Actor.BOT, Origin.BOT)
    assert metric(packs["kuaishou"], "reply_3min_agent").perspective == "agent"


def test_perfunctory_texts_are_normalised_and_void_from_their_date():
    named = {each.id: each.counts for each in load_pack("douyin").reply_classes}
    rule = named["valid_human"].perfunctory
    assert rule.void_from == date(2026, 9, 29)
    assert all(text == "".join(filter(str.isalnum, text)).casefold() for text in rule.texts)
    assert len(set(rule.texts)) == len(rule.texts)


def test_the_neutral_pack_reads_chinese_headers_and_the_twitter_table():
    layouts = {each.id: each for each in load_pack("neutral").layouts}
    assert layouts["chats_zh"].columns["买家昵称"] == "buyer"
    assert layouts["chats_zh"].values["actor"]["自动回复"] == "agent"
    assert layouts["chats_zh"].values["origin"]["自动回复"] == "auto"
    assert layouts["twitter_support"].columns == {
        "tweet_id": "source_id",
        "created_at": "at",
        "text": "text",
    }


def test_two_versions_can_be_compared():
    told = differences(load_pack("pdd@2018.1"), load_pack("pdd@2026.1"))
    assert ("metrics", "reply_3min", "") in [(each.entry, each.id, each.field) for each in told]
    assert ("pack", "", "version") in [(each.entry, each.id, each.field) for each in told]


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_pack_fits_the_schema_for_editors(name):
    from jsonschema import Draft202012Validator

    from miaohui.adapters.pack_files.documents import read_document

    path = next(each.path for each in built_in_packs() if each.name == name)
    validator = Draft202012Validator(json_schema())
    assert list(validator.iter_errors(read_document(path).data)) == []


def test_a_pack_survives_its_own_json():
    pack = load_pack("pdd")
    assert msgspec.json.decode(msgspec.json.encode(pack), type=Pack) == pack
