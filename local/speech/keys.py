"""Where the application keeps what its handlers share."""

from weakref import WeakSet

from aiohttp import web

from local.speech.decoders import Decoders
from local.speech.places import Places
from local.speech.settings import Settings
from local.speech.synthesizer import Synthesizer

OpenStreams = WeakSet[web.WebSocketResponse]

SETTINGS = web.AppKey("SETTINGS", Settings)
DECODERS = web.AppKey("DECODERS", Decoders)
SYNTHESIZER = web.AppKey("SYNTHESIZER", Synthesizer)
SPEAKERS = web.AppKey("SPEAKERS", Places)
OPEN_STREAMS: web.AppKey[OpenStreams] = web.AppKey("OPEN_STREAMS", WeakSet)
REQUEST_ID = "request_id"
