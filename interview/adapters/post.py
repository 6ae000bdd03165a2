"""Who takes mails: an SMTP server, a folder on this machine, or nobody."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTPUTF8
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponse,
    SMTPResponseException,
)

from interview.adapters.mails.composing import AddressWrong, Composer
from interview.adapters.mails.folder import MailFolder
from interview.mails import Letter, Trouble
from interview.ports import Post

WITHIN_S = 30.0
"""Less than a mail is claimed for."""

Security = Literal["tls", "starttls", "none"]
Stage = Literal["greeting", "securing", "signing_in", "sending", "handing_over"]
PORTS = {"smtps": 465, "smtp": 587}
TRANSIENT, PERMANENT = 400, 500
SIGN_IN_FIRST = frozenset({530, 534, 535, 538})
"""RFC 4954: a matter of our settings, not of this mail."""

log = structlog.get_logger()


PARTING_S = 2.0


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mails are handed in, and who does so."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str) -> "SmtpServer":
        """`smtps://` is TLS from the first byte; `smtp://` demands STARTTLS, but for this very
        machine. Raises `ValueError`, which never repeats what was given."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:  # which quotes what it was given
            parts, port = urlsplit(""), 0
        is_plain = not (parts.path.strip("/") or parts.query or parts.fragment)
        if parts.scheme not in PORTS or not parts.hostname or port == 0 or not is_plain:
            raise ValueError("expected smtps://user:password@host:465 or smtp://…:587")
        security: Security = "tls" if parts.scheme == "smtps" else "starttls"
        if security == "starttls" and _is_here(parts.hostname):
            security = "none"
        return cls(
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            security=security,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class SmtpPost:
    """Port `Post`: a connection for each mail, certificates checked unless there is no TLS.

    Once `stop` is set, no mail leaves any more; of one that is just leaving, the answer is waited
    for as ever: called off, it would go out a second time.
    """

    def __init__(
        self,
        composer: Composer,
        server: SmtpServer,
        *,
        stop: asyncio.Event | None = None,
        trust: ssl.SSLContext | None = None,
        within_s: float = WITHIN_S,
    ) -> None:
        self._composer = composer
        self._server = server
        self._stop = stop or asyncio.Event()
        self._trust = trust
        self._within_s = within_s

    async def send(self, letter: Letter) -> Trouble | Literal["stopped"] | None:
        stages: list[Stage] = ["greeting"]
        try:
            message = await asyncio.to_thread(self._composer.compose, letter)
            return None if await self._is_handed_in(message, stages) else "stopped"
        except AddressWrong:
            return "address"
        except (SMTPException, OSError, ValueError) as error:
            return _told(letter, trouble_of(error, stages[-1]), error)

    async def _is_handed_in(self, message: EmailMessage, stages: list[Stage]) -> bool:
        """False if this process is to end before the mail leaves. Raises as `_hand_in` does."""
        if self._stop.is_set():
            return False
        handing = asyncio.create_task(self._hand_in(message, stages))
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([handing, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not handing.done() and stages[-1] != "handing_over":
                return False
            await handing
            return True
        finally:
            stopping.cancel()
            handing.cancel()
            await asyncio.wait([handing])

    async def _hand_in(self, message: EmailMessage, stages: list[Stage]) -> None:
        server = self._server
        client = _Client(
            stages,
            hostname=server.host,
            port=server.port,
            local_hostname=self._composer.domain,
            timeout=self._within_s,
            use_tls=server.security == "tls",
            start_tls=False,
            tls_context=self._trust,
        )
        try:
            async with asyncio.timeout(self._within_s):
                await client.connect()
                if server.security == "starttls":
                    stages.append("securing")
                    await client.starttls()
                if server.username is not None:
                    stages.append("signing_in")
                    await client.login(server.username, server.password or "")
                stages.append("sending")
                sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
                await client.send_message(message, sender=sender, recipients=[to])
            # It was taken: what follows makes no failure of it, and is not waited for long.
            with suppress(SMTPException, OSError):
                await client.quit(timeout=min(self._within_s, PARTING_S))
        finally:
            client.close()


class _Client(SMTP):
    """Says when the mail itself leaves: from then on, silence may mean that it was taken."""

    def __init__(self, stages: list[Stage], **settings: Any) -> None:
        super().__init__(**settings)
        self._stages = stages

    async def data(self, message: str | bytes, /, **settings: Any) -> SMTPResponse:
        self._stages.append("handing_over")
        return await super().data(message, **settings)


def trouble_of(error: Exception, stage: Stage) -> Trouble:
    """What the other side's answer, or its silence, means for the mail."""
    match error:
        case SMTPResponseException(code=code) if code >= TRANSIENT:
            return _trouble_of_code(code, stage)
        case _ if stage == "handing_over":
            return "unanswered"
        case TimeoutError():
            return "timeout"
        case ssl.SSLError():
            return "tls"
        case SMTPConnectError(__cause__=ssl.SSLError()):
            return "tls"
        case SMTPNotSupported() | ValueError() if stage == "sending":
            return "address"
        case SMTPRecipientsRefused(recipients=[refused, *_]):
            return _trouble_of_code(refused.code, stage)
        case SMTPException() if stage == "securing":
            return "tls"
        case SMTPException() if stage == "signing_in" and not isinstance(error, OSError):
            return "login"
        case _:
            return "unreachable"


def _trouble_of_code(code: int, stage: Stage) -> Trouble:
    if code < PERMANENT:
        return "busy"
    match stage:
        case "greeting":
            return "unreachable"
        case "securing":
            return "tls"
        case "signing_in":
            return "login"
        case "sending" | "handing_over":
            return "login" if code in SIGN_IN_FIRST else "refused"


def _told(letter: Letter, trouble: Trouble, error: Exception) -> Trouble:
    """What servers say quotes addresses: the log has their code alone."""
    code = getattr(error, "code", None)
    log.warning("mail_not_taken", mail=str(letter.mail.mail_id), trouble=trouble, code=code)
    return trouble


class FolderPost:
    """Port `Post`: each mail becomes a file that mail programs open."""

    def __init__(self, composer: Composer, folder: Path) -> None:
        self._composer = composer
        self._folder = MailFolder(folder)

    async def send(self, letter: Letter) -> Trouble | None:
        try:
            await asyncio.to_thread(self._write, letter)
        except AddressWrong:
            return "address"
        except OSError as error:
            return _told(letter, "folder", error)
        return None

    def _write(self, letter: Letter) -> None:
        raw = self._composer.compose(letter).as_bytes(policy=SMTPUTF8)
        self._folder.put(letter.mail, raw)


class NoPost:
    """Port `Post`, where none is set up."""

    async def send(self, _: Letter) -> Trouble | None:
        return "not_configured"


NOBODY = "interviews@vivavoce.invalid"
"""From whom mails come that go nowhere."""


def open_post(
    public_url: str,
    smtp_url: str | None,
    folder: Path | None,
    sender: str | None,
    stop: asyncio.Event,
) -> Post:
    """Where mails go, until `stop` is set. Reads the templates: call it once, at the start."""
    composer = Composer(sender or NOBODY, public_url)
    if smtp_url is not None:
        return SmtpPost(composer, SmtpServer.at(smtp_url), stop=stop)
    return FolderPost(composer, folder) if folder is not None else NoPost()
