"""The document: what stands in it in words, whatever people write."""

import pypdfium2
import pytest

from interview.adapters.report import languages, printable, typeset, words_of
from interview.parity import AskedBy
from interview.report import Report
from tests.unit.test_report import report, with_assessment

pytestmark = pytest.mark.unit


def read(told: Report, language: str = "en") -> str:
    """What is copied out of the document, its lines joined."""
    document = pypdfium2.PdfDocument(typeset(told, language))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


NAMES = [
    "王伟",
    "王偉",
    "สมชาย",
    "김민준",
    "さくら",
    "हिन्दी",
    "அருண்",
    "አበበ",
    "שלום",
    "Nguyễn Thị Ánh",
    "👍",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_in_another_script_can_be_read(name: str) -> None:
    said = read(report(text=name))

    assert name in said
    assert str(words_of("en")["lacking"]) not in said


@pytest.mark.parametrize("language", sorted(languages()))
def test_what_no_font_has_is_a_box_and_the_document_says_so_and_keeps_the_character(
    language: str,
) -> None:
    said = read(report(text="ꦗ Ada"), language)

    assert "ꦗ Ada" in said
    assert str(words_of(language)["lacking"]) in said


@pytest.mark.parametrize("forbidden", ["\x00", "\x07", "\x85", "\ufeff", "\ufffe", "\U0001ffff"])
def test_what_is_no_character_of_a_text_is_left_out(forbidden: str) -> None:
    said = read(report(text=f"A{forbidden}da"))

    assert "Ada" in said
    assert str(words_of("en")["lacking"]) not in said


def test_ends_of_lines_stay() -> None:
    assert "a\n\tb" == printable("a\r\n\tb")


@pytest.mark.parametrize("name", ["\x07", " ", "\u2028", ""], ids=ascii)
def test_a_competency_without_any_letter_has_a_dash_for_a_heading(name: str) -> None:
    told = report()

    assert "– Finds the cause." in read(with_assessment(told, name=name))


ASKED = {
    "en": ("Asked. Follow-up", "Asked by a person, in their own words. Follow-up", "Not asked."),
    "de": (
        "Gestellt. Nach",
        "Von einem Menschen mit eigenen Worten gestellt. Nach",
        "Nicht gestellt.",
    ),
    "es": (
        "Formulada. Pre",
        "Formulada por una persona con sus propias palabras. Pre",
        "No formulada.",
    ),
    "fr": ("Posée. Rel", "Posée par une personne, avec ses propres mots. Rel", "Non posée."),
}


@pytest.mark.parametrize("language", sorted(ASKED))
def test_the_document_says_who_asked_a_question(language: str) -> None:
    told = report()

    def said(by: AskedBy | None) -> str:
        question = told.questions[0].model_copy(update={"asked": by is not None, "asked_by": by})
        return read(told.model_copy(update={"questions": (question,)}), language)

    every = [[words in said(by) for words in ASKED[language]] for by in ("ai", "person", None)]
    assert [[True, False, False], [False, True, False], [False, False, True]] == every


WRITTEN = {
    "en": ("In the recording at 1:02:05", "In writing.", "Some of this answer was in writing."),
    "de": (
        "In der Aufnahme bei 1:02:05",
        "Schriftlich.",
        "Ein Teil dieser Antwort war schriftlich.",
    ),
    "es": (
        "En la grabación, en 1:02:05",
        "Por escrito.",
        "Parte de esta respuesta fue por escrito.",
    ),
    "fr": (
        "Dans l’enregistrement à 1:02:05",
        "Par écrit.",
        "Une partie de cette réponse était écrite.",
    ),
}


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_the_document_sends_nobody_to_the_recording_for_what_was_in_writing(language: str) -> None:
    card = report().cards[0]

    def said(at_ms: int | None, *, typed: bool) -> list[bool]:
        (quote,) = card.assessments[0].evidence
        changed = quote.model_copy(update={"heard_at_ms": at_ms, "typed": typed})
        only = card.assessments[0].model_copy(update={"evidence": (changed,)})
        told = report().model_copy(
            update={"cards": (card.model_copy(update={"assessments": (only,)}),)}
        )
        words = read(told, language)
        return [each in words for each in WRITTEN[language]]

    assert [True, False, False] == said(3_725_000, typed=False)
    assert [False, True, False] == said(None, typed=True)
    assert [True, False, True] == said(3_725_000, typed=True)


LONG = "Wolfeschlegelsteinhausenbergerdorff" * 6


def test_a_long_word_stays_on_the_page_and_whole_in_what_is_copied() -> None:
    document = pypdfium2.PdfDocument(typeset(report(text=LONG), "en"))
    right_edges, said = [], ""
    try:
        for page in document:
            text = page.get_textpage()
            at = range(text.count_chars())
            right_edges.append(max(text.get_charbox(n)[2] for n in at) / page.get_width())
            said += text.get_text_range()
    finally:
        document.close()

    assert max(right_edges) < 0.9
    assert LONG in "".join(said.splitlines())


def test_a_long_word_stays_in_its_cell_of_the_total() -> None:
    document = pypdfium2.PdfDocument(typeset(with_assessment(report(), name="Z" * 90), "en"))
    try:
        page = next(p for p in document if "Weight" in p.get_textpage().get_text_range())
        text = page.get_textpage()
        said = text.get_text_range()
        left, bottom, _, _ = text.get_charbox(said.index("Weight"))
        boxes = [text.get_charbox(n) for n, letter in enumerate(said) if letter == "Z"]
    finally:
        document.close()

    rights = [box[2] for box in boxes if box[1] < bottom]
    assert 90 == len(rights)
    assert max(rights) < left


@pytest.mark.parametrize("lines", range(24))
def test_a_heading_and_its_date_never_stand_alone_at_the_foot_of_a_page(lines: int) -> None:
    card = report().cards[0].model_copy(update={"rated_by": "Grace"})
    question = report().questions[0].model_copy(update={"text": "\n".join(["Why?"] * (lines + 20))})
    told = report().model_copy(update={"questions": (question,), "cards": (card,)})
    document = pypdfium2.PdfDocument(typeset(told, "en"))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()

    (head,) = [page for page in pages if "Scorecard by Grace" in page]
    assert "Ada" in head.partition("Scorecard by Grace")[2]
    assert "Ada said" in head.partition("Scorecard by Grace")[2]
