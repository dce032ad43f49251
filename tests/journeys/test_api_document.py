"""The API's own description is true: every example fits it, and whatever is sent, no answer is
another than it says and none is our fault."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from traceback import format_exception_only
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.journeys.clients import api, as_, done
from tests.journeys.desks import Place, opened
from tests.journeys.samples import WANTED, Operation, Samples, operations_of, samples_in

from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Visibility
from miaohui.domain.directory.rights import OWNER, Right

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REQUESTS = 8  # of each kind to each operation
MAKER = Account("maker", "maker", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)
VISITOR = Account("visitor", "visitor", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house"), MAKER, VISITOR) as place:
        place.platform.status = 410
        yield place


@pytest.fixture(scope="module")
def document(place: Place) -> dict[str, Any]:
    with api(place.house) as anybody:
        return done(anybody.get("/schema/openapi.json"))


@pytest.fixture(scope="module")
def samples(place: Place) -> Iterator[Samples]:
    with samples_in(place, "maker") as samples:
        yield samples


def contents(operation: Operation) -> Iterator[dict[str, Any]]:
    """What an operation takes, but for files, and what it gives where all is well."""
    taken = operation.told.get("requestBody", {}).get("content", {})
    if "application/json" in taken:
        yield taken["application/json"]
    for status, answer in operation.told["responses"].items():
        if status.startswith("2") and "application/json" in answer.get("content", {}):
            yield answer["content"]["application/json"]


def test_every_operation_is_named_summed_up_and_told(document):
    operations = operations_of(document)
    names = [each.told.get("operationId") for each in operations]
    assert len(set(names)) == len(names)
    wanting = [
        str(each)
        for each in operations
        if not all(
            each.told.get(part) for part in ("operationId", "summary", "description", "tags")
        )
    ]
    assert wanting == []


def test_every_body_has_an_example_and_every_example_is_as_the_schema_says(document):
    wrong: list[str] = []
    for operation in operations_of(document):
        for content in contents(operation):
            schema = {**content["schema"], "components": document["components"]}
            if "example" not in content:
                wrong.append(f"{operation} shows no example")
                continue
            found = Draft202012Validator(schema).iter_errors(content["example"])
            wrong += [f"{operation}: {error.json_path} {error.message}" for error in found]
    assert wrong == []


def test_every_change_tells_how_it_may_be_refused(document):
    wanting = [
        str(each)
        for each in operations_of(document)
        if each.told["x-right"] != "anybody" and not {"401", "403"} <= each.told["responses"].keys()
    ]
    assert wanting == []


def test_whatever_is_sent_every_answer_fits_the_document_and_none_is_our_fault(
    place, document, samples
):
    with as_(place, "boss") as boss:
        wanted = {"label": "all", "rights": [right.value for right in Right]}
        made = boss.post("/api-keys", json=wanted | {"shops": {"every": True}})
        key = done(made, 201)["whole"]
    schema = schemathesis.openapi.from_dict(document)
    wrong: dict[str, str] = {}
    with requests.Session() as session:
        for operation in operations_of(document):
            ask = _asking(place, samples, key, session, operation)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                strategy = schema[operation.path][operation.method.upper()].as_strategy(mode)
                try:
                    _some(strategy, ask)
                except (Exception, BaseExceptionGroup) as error:
                    wrong[f"{operation} {mode.value}"] = "".join(format_exception_only(error))
    assert not wrong, "\n\n".join(f"{name}\n{said}" for name, said in wrong.items())


def _some(strategy: Any, ask: Callable[[Case], None]) -> None:
    """A few requests of an operation, the same ones on every run."""
    some = settings(
        max_examples=REQUESTS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with suppress(Unsatisfiable):  # where nothing is asked for, nothing can be wrong
        some(given(strategy)(ask))()


def _asking(
    place: Place, samples: Samples, key: str, session: requests.Session, operation: Operation
) -> Callable[[Case], None]:
    """Sends requests, every other one of them with the ids of real objects."""

    def ask(case: Case) -> None:
        session.cookies.clear()
        if case.path_parameters and len(str(case.path_parameters)) % 2:
            for name in WANTED.findall(operation.path):
                case.path_parameters[name] = samples.one(name, VISITOR)
        token = samples.token(VISITOR) if operation.told["x-in-person"] else key
        case.call_and_validate(
            base_url=f"http://{place.house.address}",
            session=session,
            headers={"authorization": f"Bearer {token}"},
            checks=CHECKS,
        )

    return ask
