import pytest

from miaohui.adapters.notify.words import words_of


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_have_all_words(language):
    words = words_of(language)
    assert all(getattr(words, field) for field in words.__struct_fields__)


def test_the_two_languages_are_two():
    assert words_of("zh") != words_of("en")
