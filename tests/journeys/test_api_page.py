"""docs/api.md: its Python program runs as it is written there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.clients import as_, done
from tests.journeys.desks import opened
from tests.journeys.serving import CHANNEL, SHOP

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_ten_lines_of_python_do_what_the_page_says(tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len([line for line in program.splitlines() if line.strip()]) <= 11
    with opened(tmp_path) as place:
        with as_(place, "boss") as boss:
            wanted = {"label": "ERP", "rights": ["chats.read"], "shops": {"only": [SHOP]}}
            key = done(boss.post("/api-keys", json=wanted), 201)["whole"]
        told = subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "MIAOHUI_ADDRESS": f"http://{place.house.address}",
                "MIAOHUI_KEY": key,
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert (told.stdout, told.stderr) == (f"{SHOP} ['{CHANNEL}']\n", "")
