"""The composition root of the API: settings and adapters in, an aiohttp application out."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web
from interview.adapters.oidc import OidcProviders
from interview.adapters.passwords import Argon2Passwords
from interview.adapters.prices import load_prices
from interview.addresses import Reach
from interview.ports import Clock, Ids, Objects, Passwords, Rooms, Store
from interview.providers import REACHES
from interview.use_cases.world import World

from api import contract, documents
from api.desk import Desk
from api.feed import FEEDS, Feeds
from api.graph.schema import schema as build_schema
from api.limits import Limits
from api.middleware import MIDDLEWARES, OPERATIONS, set_headers
from api.routing import not_allowed, overshadowed
from api.service import endpoint
from api.settings import Settings
from api.tags import DESK
from api.web import Dist

ERRANDS_S = 1.5


def create_app(
    settings: Settings,
    store: Store,
    rooms: Rooms,
    objects: Objects,
    clock: Clock,
    ids: Ids,
    passwords: Passwords | None = None,
) -> web.Application:
    """The whole door. The caller opens and closes what is handed in."""
    sign_in_reach = REACHES[settings.sign_in_reach]
    providers = OidcProviders(sign_in_reach)
    app = web.Application(middlewares=MIDDLEWARES, client_max_size=4 * 1024 * 1024)
    limits = Limits(settings.policies)
    app[DESK] = Desk(
        world=World(store, clock, ids, place=limits.flight),
        rooms=rooms,
        objects=objects,
        public_url=settings.public_url,
        livekit_url=settings.livekit_url,
        agent_key=settings.agent_key.get_secret_value(),
        pepper=settings.pepper,
        reach=Reach(settings.webhooks_allow_loopback),
        passwords=passwords or Argon2Passwords(),
        providers=providers,
        sign_in_reach=sign_in_reach,
        limits=limits,
        proxies=settings.proxies,
        languages=settings.spoken,
        prices=load_prices(settings.prices),
        providers_reach=REACHES[settings.providers_reach],
        graphql_introspection=settings.graphql_introspection,
    )
    app[FEEDS] = Feeds(app[DESK])
    build_schema(introspection=settings.graphql_introspection)  # now, not in the first question
    app[OPERATIONS] = {}
    for operation in contract.ALL:
        handler = endpoint(operation)
        app.router.add_route(operation.method, operation.path, handler)
        app[OPERATIONS][handler] = operation
    for path, methods in overshadowed(contract.ALL).items():
        app.router.add_route("*", path, not_allowed(methods))
    app.router.add_routes(documents.ROUTES)
    app.router.add_routes(Dist(settings.web_dist, settings.livekit_url).routes())
    app.on_response_prepare.append(set_headers)
    app.on_shutdown.append(_say_goodbye)
    app.cleanup_ctx.append(_errands)
    app.on_cleanup.append(lambda app: app[DESK].joining.close())
    app.on_cleanup.append(lambda _: providers.close())
    return app


async def _say_goodbye(app: web.Application) -> None:
    """Open streams end before connections are closed, also when nobody said so earlier."""
    app[DESK].closing.set()
    await asyncio.sleep(0)


async def _errands(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[DESK].errands.finish(ERRANDS_S)
