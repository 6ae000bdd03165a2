"""Mails as they leave: addresses, parts, and entries that calendars understand."""

from dataclasses import replace
from datetime import UTC, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from typing import Any

import pytest
from icalendar import Calendar as Ical

from interview.adapters.mails.composing import AddressWrong, Composer, address
from interview.mails import Calendar, Letter, MailKind
from tests.fakes.letters import INTERVIEW, MAIL, STARTS, TOKEN, letter

pytestmark = pytest.mark.unit

COMPOSER = Composer("jobs@mail.example", "https://viv.example")


def sent(made: Letter) -> EmailMessage:
    """As somebody reads it who gets its bytes."""
    raw = COMPOSER.compose(made).as_bytes()
    return message_from_bytes(raw, policy=SMTPUTF8)


def entry(made: Letter) -> tuple[Any, Any]:
    """The calendar and its one event, as a calendar program reads them."""
    for part in sent(made).walk():
        if part.get_content_type() == "text/calendar":
            calendar = Ical.from_ical(str(part.get_content()))
            (event,) = calendar.walk("VEVENT")
            return calendar, event
    raise AssertionError("there is no entry")


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_a_mail_comes_in_the_name_of_who_invites() -> None:
    message = sent(letter())

    assert "Acme <jobs@mail.example>" == message["From"]
    assert "Ada Lovelace <ada@example.com>" == message["To"]
    assert "Acme <people@acme.example>" == message["Reply-To"]
    assert "Acme invites you to an interview: Engineer" == message["Subject"]
    assert "Mon, 02 Mar 2026 12:00:00 +0000" == message["Date"]
    assert "auto-generated" == message["Auto-Submitted"]


def test_without_a_place_for_answers_they_go_where_the_mail_came_from() -> None:
    assert sent(letter(reply_to=None))["Reply-To"] is None


def test_a_repeat_is_the_same_message() -> None:
    first, again = letter(), letter(at=STARTS)

    assert f"<{MAIL}@mail.example>" == sent(first)["Message-ID"] == sent(again)["Message-ID"]


def test_a_mail_with_a_time_has_an_entry_twice_and_one_without_has_none() -> None:
    assert [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ] == kinds(sent(letter()))
    assert ["multipart/alternative", "text/plain", "text/html"] == kinds(sent(letter(starts=False)))


def test_an_entry_asks_for_the_time_of_the_interview() -> None:
    calendar, event = entry(letter())

    assert ("REQUEST", "2.0") == (str(calendar["METHOD"]), str(calendar["VERSION"]))
    assert (str(INTERVIEW), 0, "CONFIRMED") == (
        str(event["UID"]),
        int(event["SEQUENCE"]),
        str(event["STATUS"]),
    )
    assert STARTS == event.decoded("DTSTART") == event.decoded("DTSTART").astimezone(UTC)
    assert STARTS + timedelta(minutes=20) == event.decoded("DTEND")
    assert "mailto:jobs@mail.example" == str(event["ORGANIZER"])
    assert "Acme" == event["ORGANIZER"].params["CN"]
    assert "mailto:ada@example.com" == str(event["ATTENDEE"])
    assert "NEEDS-ACTION" == event["ATTENDEE"].params["PARTSTAT"]
    assert "Interview: Engineer, Acme" == str(event["SUMMARY"])


def test_the_method_stands_beside_the_type_as_calendars_want_it() -> None:
    (part,) = [p for p in sent(letter()).walk() if p.get_content_type() == "text/calendar"]

    assert ("REQUEST", "utf-8") == (part.get_param("method"), part.get_content_charset())


def test_a_changed_entry_is_the_same_one_under_a_higher_number() -> None:
    later = STARTS + timedelta(days=2)
    moved = letter(MailKind.RESCHEDULED, starts_at=later, calendar=Calendar("request", 4, later))
    calendar, event = entry(moved)

    assert ("REQUEST", str(INTERVIEW), 4, later) == (
        str(calendar["METHOD"]),
        str(event["UID"]),
        int(event["SEQUENCE"]),
        event.decoded("DTSTART"),
    )


def test_a_cancelled_interview_takes_its_entry_back() -> None:
    calendar, event = entry(letter(MailKind.CANCELLED))

    assert ("CANCEL", "CANCELLED", str(INTERVIEW), 1) == (
        str(calendar["METHOD"]),
        str(event["STATUS"]),
        str(event["UID"]),
        int(event["SEQUENCE"]),
    )


def test_a_calendar_holds_no_link() -> None:
    """Others look into calendars."""
    calendar, _ = entry(letter())

    assert TOKEN not in calendar.to_ical().decode()


@pytest.mark.parametrize(
    "name", ['Ada "Countess" Lovelace', "a;b:c,d", "x\r\nATTENDEE:mailto:eve@x", "Žofie", "x" * 500]
)
def test_whatever_somebody_is_called_an_entry_can_be_read(name: str) -> None:
    _, event = entry(letter(name=name, tenant=name, job=name))

    assert "mailto:ada@example.com" == str(event["ATTENDEE"])
    assert "mailto:jobs@mail.example" == str(event["ORGANIZER"])
    assert 1 == len([key for key in event if key == "ATTENDEE"])


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("ada@example.com", "ada@example.com"),
        ("ada+jobs@example.com", "ada+jobs@example.com"),
        ("ada@faß.example", "ada@xn--fa-hia.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("jürgen@example.com", "jürgen@example.com"),
        ("a,b@example.com", '"a,b"@example.com'),
    ],
)
def test_an_address_is_written_so_that_servers_read_it(text: str, spelled: str) -> None:
    made = address("Ada", text)

    assert spelled == made.addr_spec


@pytest.mark.parametrize(
    "text", ["", "ada", "@x.example", "ada@", "ada@x y", "ada@-x.example", "ada@a..b"]
)
def test_an_address_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(AddressWrong):
        address("Ada", text)


@pytest.mark.parametrize("text", ["jürgen@example.com", "a,b@example.com", "用户@example.com"])
def test_an_odd_address_goes_through_a_whole_mail(text: str) -> None:
    message = COMPOSER.compose(replace(letter(), address=text))

    assert [address("", text).addr_spec] == [each.addr_spec for each in message["To"].addresses]
    assert text.encode() in message.as_bytes() or '"a,b"@example.com' in str(message["To"])
