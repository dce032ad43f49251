"""Texts as a search reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.text.words import (
    BREAK,
    folded,
    grams_of,
    grams_to_ask,
    pieces_of,
    stands_in,
    words_of,
)

texts = st.text(st.sampled_from("退款吗a1BＡ１ 。🙂éß한ー"), max_size=14) | st.text(max_size=8)


def found(query: str, text: str) -> bool:
    pieces = pieces_of(text)
    return all(stands_in(word, pieces) for word in words_of(query))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("退款吗？", ["退", "款", "吗", BREAK]),
        ("iPhone15手机壳", ["iphone", "15", "手", "机", "壳"]),
        ("ＸＬ码，88斤", ["xl", "码", BREAK, "88", "斤"]),
        ("  a.b ", ["a", BREAK, "b", BREAK]),
        ("好🙂的", ["好", "🙂", "的"]),
        ("Straße ÀÉ", ["strasse", BREAK, "àé"]),
        ("", []),
    ],
)
def test_a_text_falls_into_pieces(text, pieces):
    assert pieces_of(text) == pieces


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("退", "我要退款"),
        ("退款", "我要退款"),
        ("要退款", "我要退款"),
        ("款 我", "我要退款"),
        ("退款！", "我要退款"),
        ("IPHONE", "我的iphone坏了"),
        ("ｉｐｈｏｎｅ", "iPhone 15"),
        ("ipho", "iphone"),
        ("iphone15手", "iphone15手机"),
        ("15手", "iphone15手机"),
        ("2406", "订单240613-1234567"),
        ("订单2406", "订单240613-1234567"),
        ("１２３４５６７", "订单240613-1234567"),
        ("240613-1234", "订单240613-1234567"),
        ("🙂", "好🙂的"),
        ("", "什么都行"),
        ("。，", "什么都行"),
    ],
)
def test_what_stands_in_a_text_is_found(query, text):
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("款退", "我要退款"),
        ("退款", "退，款"),
        ("ip", "iphone"),
        ("phone", "iphone"),
        ("240", "订单240613"),
        ("0613", "订单240613"),
        ("iphone1", "iphone15"),
        ("ipho15", "iphone15"),
        ("退款 发货", "我要退款"),
        ("斤8", "8斤"),
    ],
)
def test_what_does_not_stand_in_a_text_is_not_found(query, text):
    assert not found(query, text)


@given(texts, texts)
def test_whoever_finds_a_word_finds_all_grams_asked_for(query, text):
    pieces = pieces_of(text)
    grams = grams_of(pieces)
    for word in words_of(query):
        if stands_in(word, pieces):
            assert set(grams_to_ask(word)) <= grams


@given(texts, st.data())
def test_every_stretch_of_chinese_is_found(text, data):
    pieces = pieces_of(text)
    stretches = [
        (start, end)
        for start in range(len(pieces))
        for end in range(start + 1, len(pieces) + 1)
        if BREAK not in pieces[start:end]
    ]
    if stretches:
        start, end = data.draw(st.sampled_from(stretches))
        assert stands_in(pieces[start:end], pieces)
        assert set(grams_to_ask(pieces[start:end])) <= grams_of(pieces)


@given(texts)
def test_case_and_width_change_nothing(text):
    assert pieces_of(folded(text)) == pieces_of(text)
    assert not any(gram == BREAK for gram in grams_of(pieces_of(text)))


def test_grams_to_ask_hold_every_piece_of_a_word():
    assert grams_to_ask(["什", "么", "时", "候"]) == ["什么", "时候"]
    assert grams_to_ask(["退", "款", "吗"]) == ["退款", "款吗"]
    assert grams_to_ask(["sf", "123456"]) == ["sf1234", "123456"]
    assert grams_to_ask(["亲"]) == ["亲"]
    assert grams_to_ask(["x" * 40]) == ["x" * 24]
