"""When clocks can begin: the windows of all that a shop is steered by, joined."""

from datetime import date

import msgspec
from tests.events import at

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.desk.floor.hours import assessed_hours
from miaohui.domain.desk.floor.rules import steering_of
from miaohui.domain.rules.calendar import WHOLE_DAY, Hours
from miaohui.domain.vocabulary.instants import instant_of

SUNDAY = date(2026, 11, 1)
NEUTRAL = steering_of(load_pack("neutral"))


def test_three_days_of_a_shop_that_is_assessed_by_day():
    found = assessed_hours([NEUTRAL, NEUTRAL], SUNDAY)
    assert len(found) == 3
    assert found[1] == (at("08:00:00"), at("23:00:00"))
    assert found[0][0] < found[0][1] < found[1][0]


def test_hours_that_meet_at_midnight_do_not_break_off():
    always = msgspec.structs.replace(NEUTRAL.clocked[0], hours=lambda _: Hours(WHOLE_DAY))
    whole = msgspec.structs.replace(NEUTRAL, clocked=(always,))
    [(opens, closes)] = assessed_hours([whole], SUNDAY)
    assert (closes - opens).days == 3
    assert instant_of(0) < opens < at("00:00:00") < closes


def test_a_day_that_is_exempt_has_none():
    exempt = msgspec.structs.replace(
        NEUTRAL.clocked[0], hours=lambda _: Hours(WHOLE_DAY, exempt=True)
    )
    assert assessed_hours([msgspec.structs.replace(NEUTRAL, clocked=(exempt,))], SUNDAY) == ()
    assert assessed_hours([], SUNDAY) == ()
