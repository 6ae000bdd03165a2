"""The application: who may enter, what is where, how a refusal looks."""

import hmac
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from weakref import WeakSet

import structlog
from aiohttp import WSCloseCode, web

from local.speech.decoders import Decoders
from local.speech.engine import EngineGone
from local.speech.keys import (
    DECODERS,
    OPEN_STREAMS,
    REQUEST_ID,
    SETTINGS,
    SPEAKERS,
    SYNTHESIZER,
    OpenStreams,
)
from local.speech.listen import listen_file, listen_stream
from local.speech.places import Places
from local.speech.protocol.refusals import Refused, bad_credentials
from local.speech.settings import Settings
from local.speech.speak import speak_stream, speak_text
from local.speech.synthesizer import Synthesizer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger("vivavoce.speech")


def build(settings: Settings) -> web.Application:
    """The application, with its engines starting and stopping with it."""
    app = web.Application(
        middlewares=[answering, entering], client_max_size=settings.max_upload_mb << 20
    )
    app[SETTINGS] = settings
    app[DECODERS] = Decoders(settings.max_streams, settings.warm)
    app[SYNTHESIZER] = Synthesizer()
    app[SPEAKERS] = Places(settings.max_speakers, "synthesis streams")
    app[OPEN_STREAMS] = WeakSet()
    app.cleanup_ctx.append(_engines)
    app.on_response_prepare.append(_name)
    app.on_shutdown.append(_hang_up)
    app.add_routes(
        [
            web.get("/health", health),
            web.get("/v1/listen", listen_stream, allow_head=False),
            web.post("/v1/listen", listen_file),
            web.get("/v1/speak", speak_stream, allow_head=False),
            web.post("/v1/speak", speak_text),
        ]
    )
    return app


async def health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@web.middleware
async def answering(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Name the request, and let every refusal look like the protocol's."""
    request[REQUEST_ID] = str(uuid.uuid4())
    try:
        response = await handler(request)
    except Refused as refused:
        response = _refusal(request, refused)
    except web.HTTPException as error:
        response = _refusal(request, Refused(error.status, error.reason, error.reason))
    except EngineGone:
        log.exception("engine_gone", path=request.path)
        response = _refusal(
            request, Refused(503, "SERVICE_UNAVAILABLE", "The service failed; try again.")
        )
    return response


@web.middleware
async def entering(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything but the health check asks for the key."""
    if request.path != "/health":
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        key = request.app[SETTINGS].key.get_secret_value()
        # Headers are bytes; those that are no UTF-8 come as lone surrogates.
        shown = given.strip().encode("utf-8", "surrogateescape")
        known = hmac.compare_digest(shown, key.encode())
        if scheme.lower() != "token" or not known:
            raise bad_credentials()
    return await handler(request)


async def _name(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["dg-request-id"] = request[REQUEST_ID]


def _refusal(request: web.Request, refused: Refused) -> web.Response:
    body = refused.body(request[REQUEST_ID])
    log.info("request_refused", path=request.path, status=refused.status, code=refused.err_code)
    one_line = " ".join(refused.err_msg.split())
    return web.json_response(body, status=refused.status, headers={"dg-error": one_line})


async def _engines(app: web.Application) -> AsyncIterator[None]:
    app[DECODERS].warm_up()
    await app[SYNTHESIZER].warm_up()
    yield
    await app[DECODERS].close()
    await app[SYNTHESIZER].close()


async def _hang_up(app: web.Application) -> None:
    streams: OpenStreams = app[OPEN_STREAMS]
    for socket in tuple(streams):
        await socket.close(code=WSCloseCode.GOING_AWAY, message=b"the server stops")
