"""The contract for machines and for people: `/v1/openapi.json` and `/docs`."""

from functools import lru_cache

from aiohttp import web

from api.docs_page import page
from api.openapi import as_text, document

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@lru_cache(maxsize=1)
def _openapi() -> bytes:
    return as_text(document()).encode()


@lru_cache(maxsize=1)
def _docs() -> str:
    return page(document())


async def get_openapi(_: web.Request) -> web.Response:
    """The OpenAPI 3.1 document."""
    return web.Response(body=_openapi(), content_type="application/json")


async def get_docs(_: web.Request) -> web.Response:
    """The same for people."""
    headers = {"Content-Security-Policy": POLICY}
    return web.Response(text=_docs(), content_type="text/html", headers=headers)


ROUTES = (web.get("/v1/openapi.json", get_openapi), web.get("/docs", get_docs))
