"""Quick replies are found by the first letters of their words."""

import pytest

from miaohui.domain.text.initials import initials_of


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("发货", "fh"),
        ("退货 运费险", "thyfx"),
        ("7天无理由", "7twly"),
        ("VIP客户", "vipkh"),
        ("😀！", ""),
        ("", ""),
    ],
)
def test_the_initials_of_words(text, initials):
    assert initials_of(text) == initials
