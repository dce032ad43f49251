"""Is the door free, or is it our own house that stands behind it?"""

import http.client
import json
import socket
from collections.abc import Iterator

from miaohui import __version__
from miaohui.app.config import Settings
from miaohui.app.doctor.findings import Finding, fine, warning, wrong

CHECK = "port"
ANSWER_SECONDS = 5.0
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


def door_findings(settings: Settings) -> Iterator[Finding]:
    """Of the host and the port in the settings."""
    host, port = settings.host, settings.port
    values = {"host": host, "port": port}
    if port == 0:
        yield fine(CHECK, "any_port")
        return
    reason = _why_taken(host, port)
    if reason is None:
        yield fine(CHECK, "port_free", **values)
        return
    version = _house_behind(ANYWHERE.get(host, host), port)
    if version is None:
        yield wrong(CHECK, "port_taken", **values, reason=reason)
    elif version != __version__:
        yield warning(CHECK, "other_version", **values, version=version, ours=__version__)
    else:
        yield fine(CHECK, "house_open", **values)


def _why_taken(host: str, port: int) -> str | None:
    """Why nobody could open a door there now; None if one could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return None
    except OSError as error:
        return error.strerror or str(error)


def _house_behind(host: str, port: int) -> str | None:
    """The version of the house that answers there; None for nobody, or somebody else."""
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/health")
        told = json.loads(connection.getresponse().read(10_000))
        is_house = isinstance(told, dict) and told.get("state") == "open"
        return str(told.get("version")) if is_house else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
