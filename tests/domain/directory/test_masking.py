"""What is hidden of a text, and what is not."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from miaohui.domain.directory.masking import Buyer, masked, masked_buyer

HIDDEN = [
    # mobile numbers
    ("13812345678", "138****5678"),
    ("我的电话１３８１２３４５６７８谢谢", "我的电话１３８****５６７８谢谢"),
    ("138-1234-5678", "138-****-5678"),
    ("138 1234 5678", "138 **** 5678"),
    ("13812 345678", "138** **5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 * * * * 5 6 7 8"),
    ("1-3-8-1-2-3-4-5-6-7-8", "1-3-8-*-*-*-*-5-6-7-8"),
    ("138—1234—5678", "138—****—5678"),
    ("138\u200b1234\u200b5678", "138\u200b****\u200b5678"),
    ("138.1234.5678", "138.****.5678"),
    ("+86 138 1234 5678", "+86 138 **** 5678"),
    ("008613812345678", "0086138****5678"),
    ("8613812345678", "86138****5678"),
    ("013812345678", "0138****5678"),
    ("手机19912345678/座机0571-88888888", "手机199****5678/座机0571-****8888"),
    ("13812345678,13912345678", "138****5678,139****5678"),
    ("13812345678-1234", "138****5678-1234"),
    ("加我微信wx13812345678", "加我微信wx138****5678"),
    ("买2件 13812345678", "买2件 138****5678"),
    ("①③⑧①②③④⑤⑥⑦⑧", "①③⑧****⑤⑥⑦⑧"),
    ("𝟭𝟯𝟴𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴", "𝟭𝟯𝟴****𝟱𝟲𝟳𝟴"),
    ("*13812345678*", "*138****5678*"),
    # landlines
    ("0571-88888888", "0571-****8888"),
    ("(010)62345678", "(010)****5678"),
    ("（０１０）６２３４５６７８", "（０１０）****５６７８"),
    ("0755 2345 6789", "0755 **** 6789"),
    ("05718888888", "0571***8888"),
    ("+86-571-88888888", "+86-571-****8888"),
    ("座机：88123456", "座机：****3456"),
    # identity numbers
    ("身份证110101199003071234", "身份证110101********1234"),
    ("11010119900307123X", "110101********123X"),
    ("110101 19900307 123x", "110101 ******** 123x"),
    # e-mail
    ("zhangsan@example.com", "z*******@example.com"),
    ("邮箱zhang_san＠example．com，收", "邮箱z********＠example．com，收"),
    ("a@b.cn", "*@b.cn"),
    ("123456789@example.com", "1********@example.com"),
    # addresses
    (
        "浙江省杭州市西湖区文三路123号5栋2单元301室",
        "浙江省杭州市西湖区****************",
    ),
    ("寄到文三路123号", "寄到*******"),
    ("请送到阳光花园5栋301，谢谢", "请送到*********，谢谢"),
    ("5栋2单元301", "********"),
    (
        "改成上海市浦东新区张江镇碧波路889弄2号楼1203室 张三 13912345678",
        "改成上海市浦东新区张江镇*************** 张三 139****5678",
    ),
    ("科技大厦A座1203", "**********"),
    ("收件人在李家村12号", "收件人在******"),
    ("阳光小区5-2-301", "***********"),
]

LEFT = [
    "25112213812345678901",
    "251122-123456789012345",
    "订单号 2511221381234567890",
    "4025467890123456789",
    "订单13812345678901234",
    "SF1381234567890",
    "快递单 773012345678901",
    "2026-11-22 13:00:05",
    "2026-11-15 13:00:00",
    "2026-11-15 13 10 20 30",
    "11-15 2026-11-16 9:00",
    "2026/11/15 18:30",
    "1995-06-15 180cm",
    "2026年11月22日",
    "20261122130005",
    "¥138.00 ¥1,399.00",
    "99.9元",
    "满300减50，满1000减200",
    "400-820-8820",
    "12306",
    "95588",
    "验证码 138123",
    "3号发货吗",
    "知道3号发货吗",
    "5层纸巾",
    "买2件 13码",
    "一共 15 20 30 元",
    "身高170体重120",
    "尺寸138*123*456",
    "1号楼梯的扶手",
    "2楼",
    "3室2厅的灯",
    "@客服小王",
    "1000000000000",
    "你好，在吗？",
    "广东省深圳市能到吗",
    "12813812345678",
    "110101199013071234",
    "",
]


@pytest.mark.parametrize(("text", "shown"), HIDDEN)
def test_personal_data_is_hidden(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize("text", LEFT)
def test_order_numbers_prices_dates_and_the_like_are_left(text):
    assert masked(text) == text


signs = st.one_of(
    st.sampled_from(list("0123456789０１３８①-—  ()+.@*，。号栋单元室路小区市到X")),
    st.characters(),
)
pieces = st.one_of(
    signs,
    st.sampled_from([each for text, _ in HIDDEN for each in (text, text[:6], text[5:])]),
    st.sampled_from(LEFT),
)
texts = st.lists(pieces, max_size=30).map("".join)


@given(texts)
@example("路1号0571-88888888")
def test_masking_again_changes_nothing(text):
    assert masked(masked(text)) == masked(text)


@given(texts)
def test_masking_keeps_the_length_and_only_puts_asterisks(text):
    shown = masked(text)
    assert len(shown) == len(text)
    assert all(now in (was, "*") for was, now in zip(text, shown, strict=True))


def is_number_or_at(sign: str) -> bool:
    plain = unicodedata.normalize("NFKC", sign)
    return unicodedata.digit(sign, None) is not None or "@" in plain


@given(texts)
def test_a_text_without_digits_and_at_is_never_touched(text):
    plain = "".join(sign for sign in text if not is_number_or_at(sign))
    assert masked(plain) == plain


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.lists(
        st.sampled_from(["", " ", "-", "－", "  ", "\u3000", " - "]), min_size=10, max_size=10
    ),
    st.sampled_from([0, 0xFEE0]),
)
def test_every_mobile_number_is_hidden_however_it_is_spaced(number, gaps, width):
    wide = [chr(ord(digit) + width) for digit in number]
    spaced = "".join(a + b for a, b in zip(wide, [*gaps, ""], strict=True))
    assume(not re.search(r"(19|20)[0-9]{2}-[0-9]{1,2}-", unicodedata.normalize("NFKC", spaced)))
    shown = masked(f"打{spaced}找我")
    assert shown.count("*") == 4
    assert [sign for sign in shown if sign.isdigit()] == [*wide[:3], *wide[-4:]]


@given(st.from_regex(r"[1-9][0-9]{19}", fullmatch=True))
def test_no_order_number_of_twenty_digits_is_touched(number):
    assert masked(number) == number
    assert masked(f"订单{number}的快递") == f"订单{number}的快递"


def test_a_buyer_is_shown_as_far_as_it_helps_to_know_them_again():
    buyer = Buyer(
        "小李13812345678",
        recipient="张三丰",
        phone="13812345678",
        address="浙江省杭州市西湖区文三路123号",
        email="zhangsan@example.com",
        identity_number="110101199003071234",
    )
    assert masked_buyer(buyer) == Buyer(
        "小李138****5678",
        recipient="张**",
        phone="138****5678",
        address="浙江省杭州市西湖区*******",
        email="z*******@example.com",
        identity_number="110101************",
    )


def test_a_field_that_would_be_shown_whole_is_hidden_whole():
    buyer = Buyer(
        "小李", recipient="张", phone="110", address="文三路", email="无", identity_number="1"
    )
    assert masked_buyer(buyer) == Buyer("小李", "*", "***", "***", "*", "*")


def test_a_field_that_is_not_known_stays_unknown():
    assert masked_buyer(Buyer("小李")) == Buyer("小李")


fields = st.one_of(st.none(), texts)


@given(st.builds(Buyer, texts, fields, fields, fields, fields, fields))
def test_masking_a_buyer_again_changes_nothing(buyer):
    assert masked_buyer(masked_buyer(buyer)) == masked_buyer(buyer)
