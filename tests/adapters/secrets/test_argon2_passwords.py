"""Hashed passwords, with real Argon2 at a low cost."""

import pytest
from argon2 import extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from miaohui.adapters.secrets.argon2_passwords import RECOMMENDED, Argon2Passwords, Cost
from miaohui.domain.directory.secret import Secret

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
hashing = Argon2Passwords(CHEAP)
WORD = Secret("茶叶铺的后门没有锁呀")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_hash_fits_its_password_and_no_other(one, other):
    made = hashing.hash(Secret(one))
    assert hashing.fits(Secret(one), made)
    if one.isascii() and other.isascii():
        assert hashing.fits(Secret(other), made) == (one == other)


def test_the_same_password_has_another_hash_each_time():
    assert hashing.hash(WORD).reveal() != hashing.hash(WORD).reveal()


def test_a_password_is_the_same_however_a_keyboard_composes_it():
    assert hashing.fits(Secret("cafe\u0301 123456"), hashing.hash(Secret("caf\u00e9 123456")))
    assert hashing.fits(Secret("\ud800 half a sign"), hashing.hash(Secret("\ud800 half a sign")))


def test_nothing_fits_nobodys_hash():
    assert not hashing.fits(WORD, None)
    assert not hashing.fits(Secret(""), None)


@pytest.mark.parametrize("damaged", ["", "plain", "$argon2id$v=19$m=64,t=1,p=1$x$y"])
def test_a_damaged_hash_fits_nothing_and_is_outdated(damaged):
    assert not hashing.fits(WORD, Secret(damaged))
    assert hashing.is_outdated(Secret(damaged))


def test_a_hash_of_other_parameters_fits_and_is_outdated():
    made = hashing.hash(WORD)
    dearer = Argon2Passwords(CHEAP._replace(passes=2))
    assert not hashing.is_outdated(made)
    assert dearer.is_outdated(made)
    assert dearer.fits(WORD, made)


def test_what_is_recommended_is_what_owasp_says():
    made = Argon2Passwords(RECOMMENDED).hash(WORD).reveal()
    assert made.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


def test_nobody_takes_the_same_work_as_somebody():
    dear = Argon2Passwords(Cost(passes=2, memory_kib=128, lanes=1))
    assert extract_parameters(dear._nobody) == extract_parameters(dear.hash(WORD).reveal())
