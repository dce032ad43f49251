"""What every storage of pictures must do. `place` is as in the contract of logs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from tests.adapters.storage.happenings import RECEIVED, message

from miaohui.adapters.storage.media_ports import Owner, Picture, Sketch

LI = Owner("茶叶铺", "pdd", "小李")
WANG = Owner("茶叶铺", "pdd", "小王")
RED = Picture("image/png", 640, 480, b"a red picture" * 1000, b"a small red one")
BLUE = Picture("image/gif", 1, 2, b"\0blue\0", b"")


class MediaContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[object]:
        raise NotImplementedError

    @pytest.fixture
    def log(self):
        with self.place() as opener, opener() as log:
            yield log

    def test_a_picture_is_there_again_with_its_preview(self, log):
        media = log.media()
        red, blue = (media.put(LI, each, RECEIVED) for each in (RED, BLUE))
        assert media.find(LI, red) == Sketch("image/png", 640, 480)
        assert (media.get(LI, red), media.get(LI, red, preview=True)) == (RED.body, RED.preview)
        assert (media.get(LI, blue), media.get(LI, blue, preview=True)) == (b"\0blue\0", b"")

    def test_whoever_opens_the_log_again_finds_it(self):
        with self.place() as opener:
            with opener() as log:
                red = log.media().put(LI, RED, RECEIVED)
            with opener() as log:
                assert log.media().get(LI, red) == RED.body

    def test_nobody_gets_another_buyers_picture(self, log):
        media = log.media()
        red = media.put(LI, RED, RECEIVED)
        media.put(WANG, BLUE, RECEIVED)
        others = (WANG, LI._replace(shop="丝绸铺"), LI._replace(channel="jd"))
        assert [media.get(each, red) for each in others] == [None, None, None]
        assert [media.find(each, red) for each in others] == [None, None, None]

    @pytest.mark.parametrize("id_", ["", "0" * 32, "../../etc/passwd", "g" * 32, "0" * 31 + "\0"])
    def test_there_is_nothing_under_an_id_that_was_never_given(self, log, id_):
        media = log.media()
        media.put(LI, RED, RECEIVED)
        assert (media.find(LI, id_), media.get(LI, id_)) == (None, None)

    def test_a_buyer_who_sends_a_picture_first_is_the_same_in_the_log(self, log):
        red = log.media().put(LI, RED, RECEIVED)
        log.append([message("1")], RECEIVED)
        assert log.media().get(LI, red) == RED.body
        assert log.check() == []
        assert log.erase_buyer(*LI)
        assert log.media().get(LI, red) is None
        assert next(iter(log.read(LI.shop))).payload.text is None

    def test_erasing_a_buyer_takes_their_pictures_and_no_others(self, log):
        media = log.media()
        log.append([message("1"), message("2", buyer="小王")], RECEIVED)
        red, blue = media.put(LI, RED, RECEIVED), media.put(WANG, BLUE, RECEIVED)
        assert log.erase_buyer(*LI)
        assert (media.find(LI, red), media.get(LI, red)) == (None, None)
        assert media.get(WANG, blue) == BLUE.body
        again = media.put(LI, BLUE, RECEIVED)
        assert media.get(LI, again) == BLUE.body
        assert media.get(LI, red) is None

    def test_a_buyers_pictures_can_be_forgotten_while_the_texts_stay(self, log):
        media = log.media()
        log.append([message("1")], RECEIVED)
        ids = [media.put(LI, each, RECEIVED) for each in (RED, BLUE)]
        blue = media.put(WANG, BLUE, RECEIVED)
        assert (media.forget(LI), media.forget(LI)) == (2, 0)
        assert [media.get(LI, each) for each in ids] == [None, None]
        assert media.get(WANG, blue) == BLUE.body
        assert next(iter(log.read(LI.shop))).payload.text == "在吗 1"

    def test_many_put_pictures_beside_writers_of_the_log(self, log):
        media = log.media()

        def put(number: int) -> tuple[Owner, str, bytes]:
            owner = LI._replace(buyer=f"b{number % 5}")
            log.append([message(f"m{number}", buyer=owner.buyer)], RECEIVED)
            body = f"picture {number}".encode()
            return owner, media.put(owner, Picture("image/png", 1, 1, body, b""), RECEIVED), body

        with ThreadPoolExecutor(8) as threads:
            told = list(threads.map(put, range(40)))
        assert [media.get(owner, each) for owner, each, _ in told] == [body for *_, body in told]
        assert log.count() == 40
