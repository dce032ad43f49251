"""What somebody sees who opens the house's address."""

import httpx
import pytest
from tests.journeys.serving import opened_house

from miaohui.api.built_files import BuiltFile
from miaohui.api.front_page import DESK_PAGE, front_page_routes
from miaohui.app.language import say


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with opened_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.mark.parametrize(("language", "sentence"), [("zh", "开着"), ("en", "is open")])
def test_the_address_says_that_the_house_is_open(house, language, sentence):
    answer = httpx.get(f"http://{house.address}/", headers={"accept-language": language})
    if "OpenAPI" not in answer.text:
        pytest.skip("a desk was built")
    assert answer.status_code == 200
    assert sentence in answer.text
    assert f'lang="{language}"' in answer.text
    assert "{" not in answer.text.partition("</style>")[2]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert httpx.get(f"http://{house.address}/v1/schema/openapi.json").status_code == 200


def test_a_desk_that_was_built_takes_its_place():
    page = BuiltFile("text/html", b"", {}, "tag")
    assert front_page_routes({DESK_PAGE: page}, say) == []
    assert len(front_page_routes({}, say)) == 1
