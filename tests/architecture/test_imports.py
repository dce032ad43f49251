"""What the rooms of the house may import and call (docs/architecture.md)."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.sources import (
    ROOT,
    calls,
    domain,
    imported,
    imported_whole,
    modules,
    names_from,
)

PURE = {
    *("abc", "bisect", "collections", "collections.abc", "contextlib", "dataclasses", "datetime"),
    *("decimal", "enum", "fractions", "functools", "hashlib", "heapq", "itertools", "math"),
    *("operator", "random", "re", "statistics", "string", "typing", "unicodedata", "uuid"),
    *("zoneinfo", "msgspec", "msgspec.structs"),
}
NUMBERS = {"numpy", "numpy.typing", "numba"}
HTTP = {"httpcore", "httpx", "requests", "aiohttp", "urllib3"}
# A program that visits a house as a browser does, and never runs in one.
CLIENTS = {"app/demo/api.py"}
ALSO_ALLOWED = {
    "domain/analytics/": {*NUMBERS, "concurrent.futures"},
    "domain/traffic/": NUMBERS,
    "domain/text/": {"pypinyin"},
}
IMPURE_CALLS = re.compile(
    r"""open|print|input|exec|eval|breakpoint|__import__
    |(.*\.)?(now|utcnow|today|getenv|perf_counter|monotonic|uuid1|uuid4|token_hex)
    |(.*\.)?(read_text|read_bytes|write_text|write_bytes|iterdir|mkdir|unlink)
    |time\..*|os\..*|sys\..*|np\.random\..*|numpy\.random\..*""",
    re.VERBOSE,
)


@pytest.mark.parametrize("path", domain())
def test_the_domain_imports_only_what_is_pure(path):
    allowed = set(PURE)
    for room, more in ALSO_ALLOWED.items():
        allowed |= more if path.startswith(room) else set()
    outside = {
        module
        for module in imported(domain()[path])
        if module not in allowed and not module.startswith("miaohui.domain")
    }
    assert outside == set()


@pytest.mark.parametrize("path", domain())
def test_the_domain_touches_no_file_no_screen_and_no_clock(path):
    impure = {call for call in calls(domain()[path]) if IMPURE_CALLS.fullmatch(call)}
    assert impure == set()


@pytest.mark.parametrize("path", domain())
def test_chance_is_handed_into_the_domain_and_never_the_shared_one(path):
    tree = domain()[path]
    assert "random" not in imported_whole(tree)
    assert {name for module, name in names_from(tree) if module == "random"} <= {"Random"}
    assert "Random()" not in ast.unparse(tree)  # a generator without a seed is the clock's


@pytest.mark.parametrize("path", modules())
def test_requests_to_typed_addresses_have_one_way_out(path):
    if not path.startswith("adapters/outbound/") and path not in CLIENTS:
        assert {module.partition(".")[0] for module in imported(modules()[path])} & HTTP == set()
        assert "urllib.request" not in set(imported(modules()[path]))


@pytest.mark.parametrize("path", ["clock", "file", "chance"])
def test_what_is_impure_would_be_seen(path):
    written = {
        "clock": ("datetime.now", "datetime.datetime.now", "date.today", "time.time"),
        "file": ("open", "print", "path.read_text", "os.getenv"),
        "chance": ("uuid.uuid4", "np.random.default_rng", "np.random.random"),
    }
    for call in written[path]:
        assert IMPURE_CALLS.fullmatch(call), call
    for call in ("_open", "reopen", "snow", "window.opens", "timedelta", "random.random"):
        assert not IMPURE_CALLS.fullmatch(call), call


def test_the_arrows_of_the_house_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout
