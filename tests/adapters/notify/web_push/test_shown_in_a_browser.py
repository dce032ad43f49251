"""A real browser shows our messages by the service worker that docs/notifications.md prints."""

import re
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from tests.adapters.notify.notices import LINK, notice, urgent

from miaohui.adapters.notify.web_push.showing import shown

PAGE = Path(__file__).parents[4] / "docs" / "notifications.md"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
REGISTER = "navigator.serviceWorker.register('worker.js').then(() => navigator.serviceWorker.ready)"
SHOWN = """tag => navigator.serviceWorker.ready
  .then(worker => worker.getNotifications({ tag }))
  .then(([one]) => one && [one.title, one.body, one.lang, one.silent, one.requireInteraction,
                           one.data.link])"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said) -> None:
        pass


@pytest.fixture
def origin(tmp_path):
    (worker,) = re.findall(r"```js\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "worker.js").write_text(worker, "utf-8")
    (tmp_path / "index.html").write_text("<!doctype html><title>desk</title>", "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    with server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def test_every_kind_of_notice_is_shown_as_it_was_written(origin):
    told = {"loud": urgent(), "quiet": notice(), "mute": urgent(silent=True)}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        context = chromium.new_context()
        context.grant_permissions(["notifications"], origin=origin)
        page = context.new_page()
        page.goto(f"{origin}/index.html")
        devtools, registrations = context.new_cdp_session(page), []
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda seen: registrations.extend(seen["registrations"]),
        )
        devtools.send("ServiceWorker.enable")
        page.evaluate(f"{REGISTER}.then(() => 0)")
        while not registrations:
            page.wait_for_timeout(10)
        for tag, each in told.items():
            devtools.send(
                "ServiceWorker.deliverPushMessage",
                {
                    "origin": origin,
                    "registrationId": registrations[-1]["registrationId"],
                    "data": shown(each, tag).decode(),
                },
            )
        seen = {tag: page.wait_for_function(SHOWN, arg=tag).json_value() for tag in told}
        chromium.close()
    assert seen == {
        "loud": [*_words(told["loud"]), False, True, LINK],
        "quiet": [*_words(told["quiet"]), False, False, LINK],
        "mute": [*_words(told["mute"]), True, False, LINK],
    }


def _words(each) -> list[str]:
    return [each.title, each.text, each.language]
