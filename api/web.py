"""The web app: two pages and their hashed files, as the build has left them in `web/dist`."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from api.desk import origin_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
DIST = Path(__file__).parents[1] / "web" / "dist"
MISSING = (Path(__file__).parent / "templates" / "web_missing.html").read_text(encoding="utf-8")
CANDIDATE, STAFF = "candidate.html", "desk.html"
PAGES = {"/i": CANDIDATE, "/desk": STAFF, "/desk/{rest:.*}": STAFF, "/setup": STAFF}
HOME = "/desk"
ASSET = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}")
"""A name without folders; what a build has compressed beside a file is no file of its own."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""What is served, and as what; nothing else is."""

PERMISSIONS = (
    "autoplay=(self), camera=(self), clipboard-write=(self), fullscreen=(self), microphone=(self), "
    "screen-wake-lock=(self), accelerometer=(), bluetooth=(), clipboard-read=(), "
    "display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), local-fonts=(), magnetometer=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=()"
)


@dataclass(frozen=True, slots=True)
class Dist:
    """Where the build lies, and where the pages' browsers go for the room."""

    folder: Path
    livekit_url: str

    def routes(self) -> list[web.RouteDef]:
        """The pages, their files, and the way to the first page."""
        pages = [web.get(path, self._page(name)) for path, name in PAGES.items()]
        return [web.get("/", go_home), *pages, web.get("/assets/{name}", self.asset)]

    def _page(self, name: str) -> Handler:
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy(self.livekit_url),
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        path = self.folder / name

        async def serve(_: web.Request) -> web.StreamResponse:
            if not await asyncio.to_thread(path.is_file):
                return _missing()
            return web.FileResponse(path, headers=headers)

        return serve

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """A file with a hash of its content in its name: whoever has it has it for good."""
        name = request.match_info["name"]
        path = self.folder / "assets" / name
        kind = TYPES.get(path.suffix) if ASSET.fullmatch(name) else None
        if kind is None or not await asyncio.to_thread(path.is_file):
            raise web.HTTPNotFound
        headers = {
            "Content-Type": kind,
            "Cache-Control": "public, max-age=31536000, immutable",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        return web.FileResponse(path, headers=headers)


async def go_home(_: web.Request) -> web.StreamResponse:
    """Whoever asks for nothing wants the desk; candidates come by a link of their own."""
    return web.Response(status=HTTPStatus.FOUND, headers={"Location": HOME})


def _missing() -> web.Response:
    headers = {"Content-Security-Policy": "default-src 'none'; base-uri 'none'"}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return web.Response(status=status, text=MISSING, content_type="text/html", headers=headers)


def policy(livekit_url: str) -> str:
    """What a page of ours may load and call: itself and the room, nobody else's anything."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self' blob:",
            f"connect-src 'self' {' '.join(_ways(livekit_url))}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _ways(livekit_url: str) -> tuple[str, str]:
    """LiveKit's client opens a socket and, when that fails, asks over HTTP why."""
    http = f"http{urlsplit(livekit_url).scheme.removeprefix('ws')}"
    origin = origin_of(f"{http}:{livekit_url.partition(':')[2]}")
    return f"ws{origin.removeprefix('http')}", origin
