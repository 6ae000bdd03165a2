"""The words of mails: every language has them all, and no value breaks out of them."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTPUTF8
from html.parser import HTMLParser
from string import Template

import pytest

from interview.adapters.mails.composing import Composer
from interview.adapters.mails.wording import FILES, FOLDER, LONGEST, chosen, load, one_line
from interview.mails import Letter, MailKind
from tests.fakes.letters import TOKEN, letter

pytestmark = pytest.mark.unit

WORDINGS = load()
LANGUAGES = sorted(WORDINGS)
KNOWN = {
    *("name", "tenant", "job", "minutes", "early", "link", "starts", "until", "good_until"),
    *("ask", "Ask"),
}
COMPOSER = Composer("jobs@mail.example", "https://viv.example")
LINK = f"https://viv.example/i#{TOKEN}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Ada\r\nBcc: eve@example.com",
    "=?utf-8?q?Ada=0d=0aBcc=3a_eve=40example.com=0d=0a=0d=0aAnother_body?=",
    "=?utf-8?b?QWRhDQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=",
    "$link ${link} $$ %s {link}",
    "\u202eevil\u202c \u2066x\u2069",
    "عائشة بنت محمد",
    "Łukasz Żółć 😀",
    "x" * 5000,
]


def plain(made: Letter) -> str:
    body = COMPOSER.compose(made).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def page(made: Letter) -> str:
    body = COMPOSER.compose(made).get_body(("html",))
    assert body is not None
    return str(body.get_content())


class Markup(HTMLParser):
    """The tags and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_there_are_four_languages() -> None:
    assert ["de", "en", "es", "fr"] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_and_no_other(language: str) -> None:
    names = {entry.name for entry in (FOLDER / language).iterdir()}

    assert {f"{name}.txt" for name in FILES} | {"words.toml"} == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(FILES))
def test_every_placeholder_is_known_and_the_texts_of_languages_have_the_same(
    language: str, name: str
) -> None:
    text = WORDINGS[language].texts[name]
    used = re.findall(r"\$(\w+)", text)

    assert set(used) <= KNOWN
    assert Template(text).is_valid()
    assert sorted(used) == sorted(re.findall(r"\$(\w+)", WORDINGS["en"].texts[name]))
    assert text.endswith("\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("starts", [True, False])
def test_every_text_is_filled_whole(language: str, kind: MailKind, starts: bool) -> None:
    made = letter(kind, starts=starts, language=language)
    message = COMPOSER.compose(made)

    said = f"{message['Subject']}\n{plain(made)}{page(made)}"
    assert "$" not in said
    for value in ("Ada Lovelace", "Acme", "Engineer"):
        assert value in said
    assert starts == ("2026" in plain(made) if kind is MailKind.CANCELLED else starts)
    assert (kind is not MailKind.CANCELLED) == (LINK in plain(made).splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_says_who_asks_who_decides_and_what_is_kept(language: str) -> None:
    words = {
        "en": ("An AI asks", "a person", "recorded and transcribed", "works once", "20 minutes"),
        "de": ("stellt eine KI", "ein Mensch", "aufgezeichnet", "gilt einmal", "20 Minuten"),
        "es": ("hace una IA", "una persona", "se graba", "una sola vez", "20 minutos"),
        "fr": ("Une IA pose", "une personne", "enregistrée", "une seule fois", "20 minutes"),
    }

    said = plain(letter(language=language))

    assert [] == [each for each in words[language] if each not in said]


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("de", "auf diese Mail"),
        ("en", "answer this mail"),
        ("es", "a este correo"),
        ("fr", "à ce message"),
    ],
)
def test_who_has_no_address_for_answers_asks_for_none(
    language: str, answer: str, kind: MailKind
) -> None:
    with_one = plain(letter(kind, language=language))
    without = plain(letter(kind, language=language, reply_to=None))

    assert answer.lower() in with_one.lower()
    assert answer.lower() not in without.lower()
    assert WORDINGS[language].words.turn in without
    assert "$" not in without


@pytest.mark.parametrize(
    ("asked", "given"),
    [("de", "de"), ("de-AT", "de"), ("fr-CA", "fr"), ("nl", "en"), ("en-GB", "en")],
)
def test_the_kits_language_is_spoken_or_its_base_or_english(asked: str, given: str) -> None:
    assert given == chosen(WORDINGS, asked).language


@pytest.mark.parametrize(
    ("language", "zone", "written"),
    [
        ("en", "UTC", "Sunday, 1 March 2026, 23:30 (UTC)"),
        ("en", "Europe/Berlin", "Monday, 2 March 2026, 00:30 (Europe/Berlin, UTC+01:00)"),
        ("de", "Europe/Berlin", "Montag, 2. März 2026, 00:30 Uhr (Europe/Berlin, UTC+01:00)"),
        ("es", "America/Bogota", "domingo 1 de marzo de 2026, 18:30 (America/Bogota, UTC-05:00)"),
        ("fr", "UTC", "dimanche 1er mars 2026 à 23:30 (UTC)"),
        ("fr", "Asia/Kolkata", "lundi 2 mars 2026 à 05:00 (Asia/Kolkata, UTC+05:30)"),
        ("en", "Mars/Olympus", "Sunday, 1 March 2026, 23:30 (UTC)"),
        ("en", "../../etc/passwd", "Sunday, 1 March 2026, 23:30 (UTC)"),
    ],
)
def test_a_moment_is_written_as_people_write_it_where_they_are(
    language: str, zone: str, written: str
) -> None:
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert written == WORDINGS[language].moment(at, zone)


def test_a_summer_time_is_told_with_its_own_offset() -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert "14:00 (Europe/Berlin, UTC+02:00)" in WORDINGS["en"].moment(at, "Europe/Berlin")


def test_lines_that_there_is_nothing_to_say_for_are_left_out() -> None:
    fixed, free = plain(letter()), plain(letter(starts=False))

    assert "It begins on Thursday, 5 March 2026, 13:00" in fixed
    assert "whenever it suits you" not in fixed
    assert "It is good until" in fixed
    assert "It begins on" not in free
    assert "You can take it whenever it suits you, until Monday, 9 March 2026" in free
    assert "\n\n\n" not in fixed + free


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("where", ["name", "tenant", "job"])
def test_whatever_somebody_is_called_breaks_nothing(name: str, where: str) -> None:
    kinds = {"name": letter(name=name), "tenant": letter(tenant=name), "job": letter(job=name)}
    made = kinds[where]
    message, control = COMPOSER.compose(made), Markup(page(letter()))

    assert message["Bcc"] is None
    assert ["ada@example.com"] == [each.addr_spec for each in message["To"].addresses]
    assert ["jobs@mail.example"] == [each.addr_spec for each in message["From"].addresses]
    shown = Markup(page(made))
    assert control.tags == shown.tags
    assert control.links == shown.links == [LINK, LINK]
    assert one_line(name) in "".join(shown.text)
    assert one_line(name) in plain(made)
    sent = message_from_bytes(message.as_bytes(policy=SMTPUTF8), policy=SMTPUTF8)
    assert COMPOSER.compose(letter()).keys() == sent.keys()
    assert "multipart/mixed" == sent.get_content_type()
    assert "\u202e" not in plain(made) + page(made) + str(message["Subject"])


def test_an_endless_name_is_cut() -> None:
    assert LONGEST == len(one_line("x" * 5000))
    assert "x" * LONGEST == one_line("x" * LONGEST)


def test_the_page_says_its_language_and_title_and_asks_for_nothing_from_outside() -> None:
    said = page(letter(language="de"))

    assert '<html lang="de" dir="ltr">' in said
    assert "<title>Acme lädt Sie zu einem Interview ein: Engineer</title>" in said
    assert [LINK, LINK] == Markup(said).links
    assert ">Interview öffnen</a>" in said
