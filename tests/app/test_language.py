import re
import string
import tomllib
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "miaohui"
CATALOGUES = SOURCE / "app" / "language"
MENTIONED = re.compile(r'(?:Problem|say|told|trouble|_trouble|key=)\(?\s*f?"([a-z_]+\.[a-z_.]+)"')


def catalogue(language: str) -> dict[str, str]:
    def flattened(prefix: str, table: dict) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in table.items():
            if isinstance(value, dict):
                found |= flattened(f"{prefix}{key}.", value)
            else:
                found[prefix + key] = value
        return found

    return flattened("", tomllib.loads((CATALOGUES / f"{language}.toml").read_text("utf-8")))


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    assert catalogue("zh").keys() == catalogue("en").keys()


def test_english_sentences_use_no_value_that_chinese_ones_lack():
    chinese, english = catalogue("zh"), catalogue("en")
    different = {
        key
        for key in chinese
        if fields(chinese[key]) != fields(english[key]) and key != "table.report"
    }
    assert different == set()


def test_every_sentence_that_the_code_names_is_in_the_catalogue():
    known = catalogue("zh")
    named = {
        key for file in SOURCE.rglob("*.py") for key in MENTIONED.findall(file.read_text("utf-8"))
    }
    assert len(named) > 40
    assert {key for key in named if key not in known} == set()
