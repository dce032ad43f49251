"""The house's public API as the demo's processes use it: what any page or program could do."""

from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpcore
import msgspec

SECONDS = {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 30.0}


class RefusedError(Exception):
    """The house said no: its status, and the keys of its problems."""

    def __init__(self, status: int, keys: list[str]) -> None:
        super().__init__(f"{status} {', '.join(keys)}")
        self.status = status
        self.keys = keys


class Api:
    """One caller of a house at `address` (http://host:port)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.token: str | None = None
        self._pool = httpcore.AsyncConnectionPool(max_connections=4)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._pool.aclose()

    async def log_in(self, name: str, password: str) -> Any:
        """Log in, and be that account from now on. Gives what the house tells of it."""
        self.token = None
        welcome = await self.ask("POST", "/v1/session", {"name": name, "password": password})
        self.token = welcome["token"]
        return welcome

    async def log_out(self) -> None:
        """End the session."""
        await self.ask("DELETE", "/v1/session")
        self.token = None

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer to a request. Raises RefusedError, and OSError where there is no house."""
        try:
            answer = await self._pool.request(
                method,
                self.address + quote(path, safe="/?=&:"),
                headers=self._headers(),
                content=b"" if body is None else msgspec.json.encode(body),
                extensions={"timeout": SECONDS},
            )
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise ConnectionError(str(error)) from None
        told = msgspec.json.decode(answer.content) if answer.content else None
        if answer.status >= 400:
            raise RefusedError(answer.status, _keys(told))
        return told

    def _headers(self) -> list[tuple[str, str]]:
        headers = [("content-type", "application/json"), ("user-agent", "miaohui-demo")]
        if self.token is not None:
            headers.append(("authorization", f"Bearer {self.token}"))
        return headers


def _keys(told: Any) -> list[str]:
    return [each["key"] for each in told["problems"]] if told else []
