"""What a merchant may set for the chat on the own site."""

import msgspec
import pytest

from miaohui.domain.directory.webchat import WebchatSettings, face_of, is_origin, webchat_problems


def keys_of(**settings: object) -> list[tuple[str, object]]:
    problems = webchat_problems(WebchatSettings(**settings))  # type: ignore[arg-type]
    return [(each.key, each.values["field"]) for each in problems]


def test_what_is_set_before_anybody_sets_anything_is_sound():
    assert keys_of() == []


def test_everything_wrong_is_told_at_once_with_its_field():
    assert keys_of(
        name="很" * 41,
        greeting={"zh": "您好", "fr": "Bonjour"},
        hours={"en": "x" * 81},
        questions={"zh": ("查物流", " ", "一" * 21), "en": tuple("abcdefg")},
        colour="navy",
        allowed_origins=("https://shop.example", "https://shop.example/"),
    ) == [
        ("webchat_settings.long", "name"),
        ("webchat_settings.language", "greeting.fr"),
        ("webchat_settings.long", "hours.en"),
        ("webchat_settings.empty", "questions.zh[1]"),
        ("webchat_settings.long", "questions.zh[2]"),
        ("webchat_settings.many", "questions.en"),
        ("webchat_settings.colour", "colour"),
        ("webchat_settings.origin", "allowed_origins[1]"),
    ]


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.example.com",
        "http://127.0.0.1:8000",
        "https://xn--fiq228c.cn",
        "http://[::1]:81",
    ],
)
def test_an_origin_is_as_browsers_write_it(origin):
    assert is_origin(origin)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "*",
            "null",
            "example.com",
            "https://",
            "https://example.com/",
            "https://example.com:443",
        ),
        *("https://Example.com", "https://a.example/x", "ftp://example.com", "https://中文.cn"),
        *("https://user@example.com", "https://example.com:99999", "https://example.com?a"),
        *("javascript:alert(1)", "https://exa mple.com", ""),
    ],
)
def test_nothing_else_is_an_origin(written):
    assert not is_origin(written)


def test_buyers_see_no_origins_and_the_name_of_the_shop_unless_there_is_another():
    settings = WebchatSettings(allowed_origins=("https://shop.example",))
    face = face_of(settings, "茶叶铺")
    assert face.name == "茶叶铺"
    assert "shop.example" not in msgspec.json.encode(face).decode()
    assert face_of(WebchatSettings(name="云上衣橱"), "茶叶铺").name == "云上衣橱"


def test_a_setting_that_is_not_known_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"color": "#000000"}', type=WebchatSettings)
