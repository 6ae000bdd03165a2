"""A socket that speaks `graphql-transport-ws`: bounded in subscriptions, messages and patience."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from aiohttp import WSCloseCode, web
from interview.errors import InterviewError
from strawberry.aiohttp.views import AiohttpWebSocketAdapter, GraphQLView
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message
from strawberry.types.unset import UnsetType

from api.callers import Anybody
from api.desk import Desk
from api.graph.context import Following
from api.graph.greeting import greeted
from api.graph.schema import schema
from api.limits import AskedTooOften, address_of
from api.service import count
from api.sse import SLOW_AFTER_S

MAX_SUBSCRIPTIONS = 10
MAX_MESSAGE_BYTES = 64 * 1024
ALIVE_EVERY_S = 15.0
INIT_WITHIN = timedelta(seconds=10)
TOO_MANY = 4429
FREE = frozenset({"connection_init", "pong"})


class Writer(AiohttpWebSocketAdapter):
    """Cuts off a reader that takes longer than `SLOW_AFTER_S` for one message."""

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Raises `WebSocketDisconnected`."""
        try:
            async with asyncio.timeout(SLOW_AFTER_S):
                await super().send_json(message)
        except TimeoutError as error:
            if self.request.transport is not None:
                self.request.transport.abort()
            raise WebSocketDisconnected from error


class Handler(BaseGraphQLTransportWSHandler[Following, None]):
    """Counts what is asked on a socket like any call, before anything of it is parsed."""

    async def handle_message(self, message: Message) -> None:
        try:
            self._count(message)
        except AskedTooOften:
            await self.websocket.close(code=TOO_MANY, reason="Too many requests")
            return
        await super().handle_message(message)

    def _count(self, message: Message) -> None:
        """Greeting is part of the call that opened the socket, and who has enough may say so.

        Raises `AskedTooOften`.
        """
        kind = message.get("type")
        if kind in FREE or (kind == "complete" and message.get("id") in self.operations):
            return
        call, desk = self.context.call, self.context.call.desk
        if self.context.caller is not None:
            count(call, self.context.caller)
        else:
            who = address_of(call.request, desk.proxies)
            desk.limits.of_address(who, desk.world.now(), guesses=False)


class Socket(GraphQLView[Following, None]):
    """One connection."""

    websocket_adapter_class = Writer
    graphql_transport_ws_handler_class = Handler

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            schema(introspection=desk.graphql_introspection),
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=INIT_WITHIN,
            max_subscriptions_per_connection=MAX_SUBSCRIPTIONS,
            allowed_origins=("*",),  # whoever opens it has been asked already
        )
        self._closing = desk.closing
        self._leave: asyncio.Task[None] | None = None

    async def create_websocket_response(
        self, request: web.Request, subprotocol: str | None
    ) -> web.WebSocketResponse:
        """Open until the client or the service leaves."""
        opened = web.WebSocketResponse(
            protocols=[subprotocol] if subprotocol else [],
            heartbeat=ALIVE_EVERY_S,
            max_msg_size=MAX_MESSAGE_BYTES,
            compress=False,
        )
        await opened.prepare(request)
        self._leave = asyncio.create_task(self._close(opened))
        return opened

    async def on_ws_connect(self, context: Following) -> UnsetType | dict[str, object] | None:
        """Who has shown nothing yet does so now. Raises `ConnectionRejectionError`."""
        if isinstance(context.shown, Anybody):
            try:
                await greeted(context)
            except InterviewError as error:
                raise ConnectionRejectionError from error
        return await super().on_ws_connect(context)

    async def end(self) -> None:
        """After the connection."""
        if self._leave is not None:
            self._leave.cancel()
            with suppress(asyncio.CancelledError):
                await self._leave

    async def _close(self, opened: web.WebSocketResponse) -> None:
        await self._closing.wait()
        await opened.close(code=WSCloseCode.GOING_AWAY)
