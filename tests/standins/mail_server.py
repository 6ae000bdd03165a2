"""A mail server as others run it: `aiosmtpd`, on a free port of this machine."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from types import MappingProxyType

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

NAME, PASSWORD = "vivavoce", "p@ss:w/rd"


@dataclass
class MailServer:
    """Takes mails. `says` goes first, by the command that it answers; who `hangs` never takes one,
    who is `mute` takes it and says so when it `speaks`, who `stays` has taken it and lets nobody
    go."""

    says: dict[str, list[str]] = field(default_factory=dict)
    hangs: bool = False
    mute: bool = False
    stays: bool = False
    port: int = 0
    took: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    speaks: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    open_ones: list[SMTP] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd finds its hooks by name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self._said("MAIL"):
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hangs:
            self.heard.set()
            await asyncio.Event().wait()
        if refusal := self._said("RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if refusal := self._said("DATA"):
            return refusal
        raw = envelope.original_content or b""
        message = message_from_bytes(raw, policy=SMTPUTF8)
        self.took.append((str(envelope.mail_from), list(envelope.rcpt_tos), message))
        self.secured.append(session.ssl is not None)
        self.signed_in.append(bool(session.authenticated))
        self.options.append(envelope.mail_options)
        self.heard.set()
        if self.mute:
            await self.speaks.wait()
        return "250 taken"

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.stays:
            await asyncio.Event().wait()
        return "221 Bye"

    def _said(self, command: str) -> str | None:
        waiting = self.says.get(command, [])
        return waiting.pop(0) if waiting else None

    def hang_up(self) -> None:
        """Every connection ends where it is."""
        for each in self.open_ones:
            if each.transport is not None:
                each.transport.close()

    async def has_taken(self, count: int, within_s: float = 30) -> None:
        """Wait until so many mails were taken."""
        async with asyncio.timeout(within_s):
            while len(self.took) < count:
                self.heard.clear()
                await self.heard.wait()


@asynccontextmanager
async def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    signs_in: bool = False,
    smtputf8: bool = True,
    says: Mapping[str, list[str]] = MappingProxyType({}),
) -> AsyncIterator[MailServer]:
    """Until the block ends; `says` are its first answers by command."""
    here, loop = MailServer(dict(says)), asyncio.get_running_loop()

    def connected() -> SMTP:
        made = SMTP(
            here,
            loop=loop,
            hostname="localhost",
            enable_SMTPUTF8=smtputf8,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=signs_in,
            authenticator=_authenticate,
        )
        here.open_ones.append(made)
        return made

    server = await loop.create_server(connected, "127.0.0.1", 0, ssl=tls)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
        here.hang_up()
        for each in here.open_ones:
            if (task := each._handler_coroutine) is not None:
                task.cancel()
                await asyncio.wait([task])


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    known = LoginPassword(NAME.encode(), PASSWORD.encode())
    return AuthResult(success=data == known, handled=False)
