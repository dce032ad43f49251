"""How the chat on a merchant's own site looks and whom it lets in: what the merchant sets."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from miaohui.domain.vocabulary.problems import Problem

LANGUAGES = ("zh", "en")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
)
USUAL_PORTS, HIGHEST_PORT = {"http": "80", "https": "443"}, 65_535
LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE = 40, 500, 80
MOST_QUESTIONS, LONGEST_QUESTION = 6, 20
MOST_ORIGINS = 50
USUAL_COLOUR = "#23304F"

Texts = Mapping[str, str]  # by language
Field = Literal["name", "phone", "email", "order"]


class WebchatSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A chat on the merchant's own site.

    `name`: what it is called, empty: as the shop. `greeting`, `hours` (when people answer, as the
    page says it) and `questions` (what buyers often ask, sent by a touch) by language. `position`:
    the corner of the button. `offline_form`: who finds nobody there may leave a contact.
    `allowed_origins`: the sites, as `https://www.example.com`, on which it may stand; its own page
    is always open. `required`: what a buyer has to say of themselves before the first message.
    """

    name: str = ""
    greeting: Texts = {}
    hours: Texts = {}
    questions: Mapping[str, tuple[str, ...]] = {}
    colour: str = USUAL_COLOUR
    position: Literal["right", "left"] = "right"
    offline_form: bool = True
    allowed_origins: tuple[str, ...] = ()
    required: tuple[Field, ...] = ()


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """What every buyer may see of the settings."""

    name: str
    greeting: Texts
    hours: Texts
    questions: Mapping[str, tuple[str, ...]]
    colour: str
    position: str
    offline_form: bool
    required: tuple[Field, ...]


def face_of(settings: WebchatSettings, shop_name: str) -> Face:
    """What is public."""
    return Face(
        name=settings.name or shop_name,
        greeting=settings.greeting,
        hours=settings.hours,
        questions=settings.questions,
        colour=settings.colour,
        position=settings.position,
        offline_form=settings.offline_form,
        required=settings.required,
    )


def webchat_problems(settings: WebchatSettings) -> tuple[Problem, ...]:
    """Everything wrong with the settings, each problem with its `field`: `webchat_settings.long`,
    `.language`, `.colour`, `.origin`, `.many`, `.empty`."""
    return tuple(_problems(settings))


def _problems(settings: WebchatSettings) -> Iterator[Problem]:
    yield from _long("name", settings.name, LONGEST_NAME)
    yield from _text_problems("greeting", settings.greeting, LONGEST_TEXT)
    yield from _text_problems("hours", settings.hours, LONGEST_LINE)
    yield from _question_problems(settings.questions)
    if not COLOUR.fullmatch(settings.colour):
        yield _problem("colour", "colour", value=settings.colour)
    yield from _many("allowed_origins", len(settings.allowed_origins), MOST_ORIGINS)
    for place, origin in enumerate(settings.allowed_origins):
        if not is_origin(origin):
            yield _problem("origin", f"allowed_origins[{place}]", value=origin)


def is_origin(written: str) -> bool:
    """Whether a text is an origin as browsers write it: scheme, host and perhaps a port."""
    found = ORIGIN.fullmatch(written)
    if found is None:
        return False
    port = found["port"]
    return port is None or (port != USUAL_PORTS[found["scheme"]] and int(port) <= HIGHEST_PORT)


def _text_problems(field: str, texts: Texts, most: int) -> Iterator[Problem]:
    for language, text in texts.items():
        yield from _language(f"{field}.{language}", language)
        yield from _long(f"{field}.{language}", text, most)


def _question_problems(questions: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    for language, asked in questions.items():
        yield from _language(f"questions.{language}", language)
        yield from _many(f"questions.{language}", len(asked), MOST_QUESTIONS)
        for place, question in enumerate(asked):
            field = f"questions.{language}[{place}]"
            yield from _long(field, question, LONGEST_QUESTION)
            if not question.strip():
                yield _problem("empty", field)


def _language(field: str, language: str) -> Iterator[Problem]:
    if language not in LANGUAGES:
        yield _problem("language", field, value=language)


def _long(field: str, text: str, most: int) -> Iterator[Problem]:
    if len(text) > most:
        yield _problem("long", field, most=most)


def _many(field: str, count: int, most: int) -> Iterator[Problem]:
    if count > most:
        yield _problem("many", field, most=most)


def _problem(what: str, field: str, **values: object) -> Problem:
    return Problem(f"webchat_settings.{what}", {"field": field, **values})
