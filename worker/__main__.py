"""`python -m worker`: what may happen later, and the watch over live rooms."""

import asyncio
import signal
import sys
from functools import partial

import structlog

from interview.adapters.courier import HttpCourier
from interview.adapters.livekit_rooms import open_rooms
from interview.adapters.logs import configure_logs
from interview.adapters.mails.folder import MailFolder
from interview.adapters.outbound import open_outbound
from interview.adapters.post import open_post
from interview.adapters.system import SystemClock, SystemIds
from interview.addresses import Reach
from interview.errors import Forbidden, Invalid, Unavailable
from interview.ports import Post
from interview.store.postgres import open_store
from interview.use_cases.delivering import deliver
from interview.use_cases.sending import send_mail
from interview.use_cases.watch import Watch
from interview.use_cases.world import World
from worker.closing import keep_closing
from worker.deliveries import serve_deliveries
from worker.door import open_door
from worker.housekeeping import keep_folder, keep_house
from worker.judging import judging_by, scoring_by_indicators, serve_judging
from worker.mails import serve_mails
from worker.models import open_model_desk
from worker.queue import serve_queue
from worker.settings import Settings, SettingsWrong, read_settings
from worker.stopping import pause
from worker.watch import keep_watch

WRONG = 2
AGAIN_AFTER_S = 1.0

log = structlog.get_logger()


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Until `stop` is set. Raises `Unavailable` when the database does not answer at the start."""
    database, secret = settings.database_url.get_secret_value(), settings.livekit_api_secret
    async with (
        open_store(database, settings.installation_key.get_secret_value()) as store,
        open_rooms(
            settings.livekit_url, settings.livekit_api_key, secret.get_secret_value()
        ) as rooms,
        open_door(settings.api_url) as answers,
        open_outbound(Reach(settings.webhooks_allow_loopback)) as outbound,
        open_model_desk(settings, World(store, SystemClock(), SystemIds())) as desk,
    ):
        world = World(store, SystemClock(), SystemIds())
        score = await asyncio.to_thread(scoring_by_indicators, world)
        judge = await asyncio.to_thread(judging_by, world, desk, settings)
        deliveries = partial(deliver, world, HttpCourier(outbound))
        sending = partial(send_mail, world, await asyncio.to_thread(post_of, settings, stop))
        log.info("worker_ready")
        async with asyncio.TaskGroup() as together:
            together.create_task(keep_watch(Watch(world, rooms, answers), stop))
            together.create_task(keep_house(world, stop))
            together.create_task(keep_closing(world, rooms, stop))
            together.create_task(serve_queue(database, {"score_interview": score}, stop))
            together.create_task(serve_judging(database, judge, stop))
            together.create_task(serve_deliveries(database, deliveries, stop))
            together.create_task(serve_mails(database, sending, stop))
            if settings.mail_folder is not None:
                folder = MailFolder(settings.mail_folder)
                together.create_task(keep_folder(world, folder, stop))
        log.info("worker_stopped")


def post_of(settings: Settings, stop: asyncio.Event) -> Post:
    """Where mails go, as the settings say."""
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else None
    public_url = settings.public_url or settings.api_url
    return open_post(public_url, smtp_url, settings.mail_folder, settings.mail_from, stop)


async def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT; waits for a database that is not there yet."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        try:
            await work(settings, stop)
        except Unavailable as error:
            log.warning("worker_waits", error=error.detail)
            await pause(stop, AGAIN_AFTER_S)


def main() -> int:
    """The exit code: 0 after a stop, 2 when a setting is wrong, in one clear line."""
    try:
        settings = read_settings()
        configure_logs(settings.log_level, settings.log_format)
        asyncio.run(run(settings))
    except SettingsWrong as error:
        print(f"worker: {error}", file=sys.stderr)
        return WRONG
    except Invalid as error:
        print(f"worker: VIVAVOCE_INSTALLATION_KEY: {error.detail}", file=sys.stderr)
        return WRONG
    except Forbidden as error:
        print(f"worker: {error.detail}", file=sys.stderr)
        return WRONG
    return 0


if __name__ == "__main__":
    sys.exit(main())
