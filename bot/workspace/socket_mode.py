"""Socket Mode: the connections a bot opens itself, and envelopes it must acknowledge within three seconds."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.link import ACK_SECONDS, COMMAND, EVENT, Reply

Json = dict[str, Any]

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 3600


class SocketHub:
    """The open connections. Each payload goes to one of them, in turn (real Slack chooses at random)."""

    def __init__(self, app_id: str, ack_seconds: float = ACK_SECONDS) -> None:
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._connections: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self._sent = 0
        self._came = asyncio.Event()

    @property
    def connections(self) -> int:
        return len(self._connections)

    async def connected(self) -> None:
        """Wait until a bot is connected."""
        await self._came.wait()

    async def serve(self, socket: WebSocket) -> None:
        """The endpoint `/link/`."""
        await socket.accept()
        if self.connections >= MOST_CONNECTIONS:
            await self._disconnect(socket, "too_many_websockets")
            return
        hello = {
            "type": "hello",
            "num_connections": self.connections + 1,
            "debug_info": {"host": "local", "approximate_connection_time": CONNECTION_SECONDS},
            "connection_info": {"app_id": self._app_id},
        }
        await socket.send_text(json.dumps(hello))
        self._connections.append(socket)
        self._came.set()
        try:
            while True:
                self._acknowledged(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            if socket in self._connections:
                self._connections.remove(socket)
            if not self._connections:
                self._came.clear()

    async def deliver(self, kind: str, payload: Json, retry: tuple[int, str] | None = None) -> Reply:
        """Send one envelope and wait for its acknowledgement."""
        if not self._connections:
            return Reply(failure="connection_failed")
        self._sent += 1
        socket = self._connections[self._sent % self.connections]
        envelope_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"envelope/{self._sent}"))
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind == COMMAND or payload.get("type") == "view_submission",
        }
        if kind == EVENT:
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            await socket.send_text(json.dumps(envelope))
            return await asyncio.wait_for(answer, self._ack_seconds)
        except TimeoutError:
            return Reply(failure="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Reply(failure="connection_failed")
        finally:
            self._waiting.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come anew, as Slack does about every hour."""
        for socket in tuple(self._connections):
            self._connections.remove(socket)
            await self._disconnect(socket, reason)

    async def aclose(self) -> None:
        await self.refresh("link_disabled")

    async def _disconnect(self, socket: WebSocket, reason: str) -> None:
        try:
            await socket.send_text(json.dumps({"type": "disconnect", "reason": reason}))
            await socket.close()
        except (WebSocketDisconnect, RuntimeError):
            return

    def _acknowledged(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        answer = self._waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if answer is not None and not answer.done():
            answer.set_result(Reply(200, said.get("payload") or None))
