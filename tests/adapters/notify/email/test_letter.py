from email.headerregistry import Address
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.notify.notices import LINK, NOW, notice, urgent

from miaohui.adapters.notify.email.letter import letter

SENDER, TO = Address(addr_spec="desk@shop.example"), Address(addr_spec="owner@shop.example")
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"),
    "Content-Type",
}


def written(told):
    return letter(SENDER, TO, told, NOW)


def body(told, kind: str) -> str:
    return written(told).get_body((kind,)).get_content()


def test_the_subject_is_the_title_and_the_house_is_the_sender():
    message = written(notice())
    assert message["Subject"] == "还有 30 秒就超时"
    assert message["From"] == "秒回 <desk@shop.example>"
    assert message["To"] == "owner@shop.example"
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert message["Auto-Submitted"] == "auto-generated"


def test_both_languages_have_their_own_words_around_the_notice():
    assert "打开看看: " in body(notice(), "plain")
    english = notice(title="30 seconds left", text="A buyer waits.", language="en")
    assert written(english)["From"].startswith("Miaohui ")
    assert body(english, "plain").startswith(f"A buyer waits.\n\nTake a look: {LINK}\n\n-- \n")
    assert '<html lang="en">' in body(english, "html")


def test_the_page_says_the_text_as_text_and_fetches_nothing():
    page = body(notice(), "html")
    assert "在吗？&lt;b&gt;急&lt;/b&gt; &amp; &#34;急&#34;" in page
    assert "<b>" not in page
    assert f'href="{LINK}"' in page
    assert not any(remote in page for remote in ("<img", "src=", "url(", "<script", "<link"))


@pytest.mark.parametrize("link", [None, "javascript:alert(1)", "https://x.example/ y", "http://["])
def test_only_the_address_of_a_page_becomes_a_link(link):
    told = notice(link=link)
    expected = link == "http://["  # odd, but a browser makes no more of it than an error
    assert ("href" in body(told, "html")) is expected
    assert ("打开看看" in body(told, "plain")) is expected


def test_letters_of_one_key_have_one_id_and_of_two_keys_two():
    first, repeat, other = notice(), notice(title="还有 10 秒"), notice(key="wait:c8")
    assert written(first)["Message-ID"] == written(repeat)["Message-ID"]
    assert written(first)["Message-ID"] != written(other)["Message-ID"]
    assert written(first)["Message-ID"].endswith("@shop.example>")


def test_only_what_rings_is_marked_as_important():
    assert written(urgent())["Importance"] == "high"
    assert written(urgent(silent=True))["Importance"] is None
    assert written(notice())["Importance"] is None


@given(st.text(), st.text(), st.text())
def test_no_wording_adds_a_header_or_a_recipient(key, title, text):
    message = written(notice(key=key, title=title, text=text))
    read = message.as_bytes().partition(b"\n\n")[0].decode("ascii").replace("\n ", " ")
    assert {line.partition(":")[0] for line in read.splitlines()} == HEADERS
    assert message["To"] == "owner@shop.example"
