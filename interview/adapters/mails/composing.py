"""Letters as mails: text, the same as a page, and an entry for the calendar."""

from collections.abc import Mapping
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime
from string import Template

import idna
from icalendar import Calendar, Event, vCalAddress

from interview.adapters.mails import wording
from interview.adapters.mails.wording import ENCODED, ENTRY, Wording, one_line, subject_and_text
from interview.mails import Calendar as Said
from interview.mails import Letter

MAKER = "-//Vivavoce//interviews//EN"
ENTRY_FILE = "interview.ics"


class AddressWrong(Exception):
    """Nobody can be written to at this address."""


class Composer:
    """Writes letters out, from `sender` (an address) and with links to `public_url`."""

    def __init__(self, sender: str, public_url: str) -> None:
        self._sender = address("", sender)
        self._public_url = public_url
        self._wordings = wording.load()

    @property
    def domain(self) -> str:
        """Where mails come from."""
        return self._sender.domain

    def compose(self, letter: Letter) -> EmailMessage:
        """Reads files: call it beside the event loop. Raises `AddressWrong`."""
        said = wording.chosen(self._wordings, letter.language)
        text = said.texts[letter.mail.kind]
        values = said.values(letter, self._public_url)
        message = EmailMessage(policy=SMTPUTF8)
        self._address(message, letter, values)
        subject, rest = subject_and_text(text)
        message["Subject"] = Template(subject).substitute(values)
        parts = wording.paragraphs(rest, values)
        plain = "\n\n".join("\n".join(lines) for lines in parts) + "\n"
        message.set_content(plain, cte="quoted-printable")
        page = wording.as_html(said, text, values)
        message.add_alternative(page, subtype="html", cte="quoted-printable")
        if letter.calendar is not None:
            self._enter(message, letter, letter.calendar, said)
        return message

    def _address(self, message: EmailMessage, letter: Letter, values: Mapping[str, str]) -> None:
        sender = self._sender
        message["From"] = Address(values["tenant"], sender.username, sender.domain)
        message["To"] = address(values["name"], letter.address)
        if letter.reply_to is not None:
            message["Reply-To"] = address(values["tenant"], letter.reply_to)
        message["Date"] = format_datetime(letter.at)
        # A repeat is the same message: whoever got it twice is shown it once.
        message["Message-ID"] = f"<{letter.mail.mail_id}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"

    def _enter(self, message: EmailMessage, letter: Letter, calendar: Said, said: Wording) -> None:
        """Twice: for mail programs that know what it is, and for those that show files."""
        method = calendar.method.upper()
        entry = self._entry(letter, calendar, said)
        # The charset goes with the method: some programs read no other order of parameters.
        message.add_alternative(entry, subtype="calendar", params={"method": method}, cte="base64")
        message.add_attachment(
            entry.encode(), maintype="application", subtype="ics", filename=ENTRY_FILE
        )

    def _entry(self, letter: Letter, calendar: Said, said: Wording) -> str:
        """An iTIP message (RFC 5546). It holds no link: calendars are shared."""
        values = said.values(letter, self._public_url)
        without_link = {name: value for name, value in values.items() if name != "link"}
        summary, rest = subject_and_text(said.texts[ENTRY])
        described = wording.paragraphs(rest, without_link)
        event = Event()
        # The same for ever, whoever sends it: it is what finds the entry again.
        event.add("uid", str(letter.mail.interview))
        event.add("sequence", calendar.sequence)
        event.add("dtstamp", letter.at)
        event.add("dtstart", calendar.at)
        event.add("dtend", calendar.at + timedelta(minutes=letter.minutes))
        event.add("summary", Template(summary).substitute(without_link))
        event.add("description", "\n\n".join("\n".join(lines) for lines in described))
        event.add("status", "CONFIRMED" if calendar.method == "request" else "CANCELLED")
        event.add("organizer", _party(self._sender.addr_spec, letter.tenant))
        event.add("attendee", _attendee(letter))
        made = Calendar()
        made.add("prodid", MAKER)
        made.add("version", "2.0")
        made.add("method", calendar.method.upper())
        made.add_component(event)
        raw: bytes = made.to_ical()
        return raw.decode()


def address(name: str, text: str) -> Address:
    """Raises `AddressWrong`. A domain is written as DNS has it; what stands before it may be in any
    script, which then takes a server that knows SMTPUTF8 (RFC 6531)."""
    local, _, domain = text.rpartition("@")
    try:
        spelled = idna.encode(domain, uts46=True).decode()
        if not local or not local.isprintable() or ENCODED in local:
            raise AddressWrong
        return Address(one_line(name), local, spelled)
    except (idna.IDNAError, ValueError) as error:
        raise AddressWrong from error


def _party(spec: str, name: str) -> vCalAddress:
    party = vCalAddress(f"mailto:{spec}")
    # Quotes cannot be written in a parameter (RFC 5545, 3.2).
    party.params["CN"] = one_line(name).replace('"', "'")
    return party


def _attendee(letter: Letter) -> vCalAddress:
    party = _party(address("", letter.address).addr_spec, letter.name)
    party.params["ROLE"] = "REQ-PARTICIPANT"
    party.params["PARTSTAT"] = "NEEDS-ACTION"
    party.params["RSVP"] = "FALSE"
    return party
