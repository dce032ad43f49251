"""The log book in a process of its own: what it writes, and what it keeps to itself."""

import json
import subprocess
import sys

from tests.app.command_line import ROOT

WRITES = """
import asyncio, logging, sys, warnings
import structlog
from miaohui.app.log_book import keep_log_book, tell_loose_ends
from miaohui.domain.vocabulary.problems import Problem, ReaderError

keep_log_book("info", sys.argv[1])
book = structlog.get_logger(room="test")
book.debug("too quiet")
book.info("heard", number=1)


def breaks(error):
    try:
        raise error
    except Exception:
        book.exception("broke")


breaks(ValueError("13812345678"))
breaks(ReaderError(Problem("log.busy", {"path": "13812345678"})))
breaks(FileNotFoundError(2, "No such file or directory", "13812345678"))
breaks(ExceptionGroup("13812345678", [KeyError("13812345678")]))
logging.getLogger("uvicorn.error").error("Exception in application\\n", exc_info=OSError("138123"))
logging.getLogger("library").warning("it said %s", "13812345678")
logging.getLogger("library").warning(f"it said {13812345678}")
logging.getLogger("library").info("body: 13812345678")
warnings.warn("13812345678")


async def loose():
    tell_loose_ends(asyncio.get_running_loop())

    async def falls():
        raise LookupError("13812345678")

    task = asyncio.create_task(falls())
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)


asyncio.run(loose())
"""


def written(form: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, form],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "")
    return done.stderr


def test_errors_are_told_by_kind_and_place_and_never_in_their_own_words():
    lines = [json.loads(line) for line in written("json").splitlines()]
    assert "138123" not in json.dumps(lines)
    assert [line["event"] for line in lines] == [
        "heard",
        *["broke"] * 4,
        "Exception in application",
        "it said %s",
        "said by a library",
        "said by a library",
        "loose end",
    ]
    value, ours, missing, several = (line["errors"][0] for line in lines[1:5])
    assert (value["kind"], value["where"]) == ("ValueError", ["<string>:15 breaks"])
    assert ours["problems"] == ["log.busy"]
    assert missing["reason"] == "No such file or directory"
    assert [each["kind"] for each in several["several"]] == ["KeyError"]
    assert lines[-1]["errors"][0]["kind"] == "LookupError"
    assert {line["level"] for line in lines} == {"info", "warning", "error"}


def test_for_people_it_is_one_line_a_happening():
    text = written("console")
    assert "138123" not in text
    assert "heard" in text.splitlines()[0]
    assert len(text.splitlines()) == 10
