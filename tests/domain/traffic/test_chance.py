from random import Random

from miaohui.domain.traffic.chance import TABLE_SIZE, Dice, choices, durations
from miaohui.domain.traffic.settings import Spread


def test_a_spread_has_its_median_and_keeps_its_bounds():
    table = durations(Spread(10, 0.8, 4, 60))
    assert len(table) == TABLE_SIZE
    assert list(table) == sorted(table)
    assert table[0] == 4000
    assert table[-1] == 60_000
    assert abs(table[TABLE_SIZE // 2] - 10_000) < 20


def test_a_spread_is_the_same_on_every_machine():
    table = durations(Spread(14, 0.9, 3, 900))
    assert (sum(table), table[100], table[512], table[1000]) == (21_499_613, 4376, 14_015, 84_415)


def test_choices_come_as_often_as_they_weigh():
    table = choices((1, 2, 1))
    assert [table.count(i) for i in range(3)] == [256, 512, 256]


def test_a_rounded_number_has_the_mean_asked_for():
    dice = Dice(Random(3))
    assert abs(sum(dice.rounded(2.3) for _ in range(10_000)) / 10_000 - 2.3) < 0.03
