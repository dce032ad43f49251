import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.notify.texts import one_line, shortened, web_link


@given(st.text(), st.integers(0, 40))
def test_a_shortened_text_is_a_beginning_that_fits(text, most_bytes):
    short = shortened(text, most_bytes)
    assert len(short.encode()) <= most_bytes
    assert text.encode("utf-8", "replace").decode().startswith(short.removesuffix("…"))


@given(st.text())
def test_a_text_that_fits_stays_whole(text):
    assert shortened(text, 4 * len(text)) == text.encode("utf-8", "replace").decode()


@given(st.text())
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert line.isprintable()


def test_one_line_keeps_every_word():
    assert one_line(" 还有\t30 秒\r\n就超时\u2028! ") == "还有 30 秒 就超时 !"


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        ("https://desk.example.com/chats/7?from=alarm#now", True),
        ("http://192.168.1.5:8520/", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a b", False),
        ("https://a\nb", False),
        ("https://a\u202eb", False),
        ("//desk.example.com", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_address_of_a_page_is_a_link(link, is_one):
    assert web_link(link) == (link if is_one else None)
