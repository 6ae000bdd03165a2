"""Who is in danger is not asked the next question: kind words, and a person in the end."""

import pytest

from agent.lexicon import load_lexicon
from interview.events import (
    CandidateLeft,
    InterviewEnded,
    Paused,
    SilenceNoticed,
)
from interview.meant import intent_of
from interview.session import Phase, Say
from tests.fakes.talk import SHORT, WHOLE, Talk, asking

pytestmark = pytest.mark.unit

IN_DANGER = {
    "en": (
        "I want to kill myself.",
        "I don't want to live any more.",
        "I want to die.",
        "I'm thinking about suicide",
        "Well I worked there for two years and honestly I want to kill myself",
        "I told you, I want to kill myself.",
        "I said I want to die.",
        "Some days I get up and I just want to die. It is like that.",
        "I want to die. Nobody has been told.",
        "He told me that it was my fault. I want to die.",
        "I'm having chest pains.",
        "Sorry I can't breathe right now",
        "help",
        "call an ambulance",
        "I'm about to pass out.",
    ),
    "de": (
        "Ich will sterben.",
        "Ich bringe mich um.",
        "Ich habe gesagt, ich will sterben.",
        "Ehrlich gesagt weiß ich nur, dass ich sterben will.",
        "Ich weiß nicht, ich denke daran, mich umzubringen.",
        "Ich krieg keine Luft.",
        "Ich bekomme keine Luft mehr.",
        "Hilfe!",
        "Rufen Sie bitte einen Krankenwagen.",
    ),
    "es": (
        "Quiero morirme.",
        "No quiero vivir.",
        "Le he dicho que quiero morirme.",
        "La verdad es que pienso en suicidarme.",
        "No puedo respirar.",
        "¡Socorro!",
        "Llame a una ambulancia.",
    ),
    "fr": (
        "Je veux mourir.",
        "J'ai envie de me tuer.",
        "J'ai dit que je veux mourir.",
        "En fait je pense au suicide tout le temps.",
        "J'ai du mal à respirer.",
        "J'arrive plus à respirer.",
        "Au secours !",
        "Appelez une ambulance.",
    ),
}

IN_NONE = {
    "en": (
        "A caller told me that she wants to die, so I stayed on the line.",
        "My patient said I can't breathe and I gave him oxygen.",
        "We had to call an ambulance for a guest.",
        "I do not want to live in London.",
        "I want to die of shame when I think of it.",
        "My patient kept saying I want to die.",
        "I help people with their taxes.",
        "I need help with the boxes, so I asked a colleague.",
    ),
    "de": (
        "Eine Anruferin sagte: Ich will mich umbringen. Ich blieb in der Leitung.",
        "Ich hole Hilfe, wenn etwas schiefgeht.",
        "Ich will nicht mehr in Berlin leben.",
        "Eine Anruferin sagte mir: Ich will sterben.",
        "Ich will sterben lernen wie die alten Philosophen.",
        "Wir mussten einen Krankenwagen rufen.",
    ),
    "es": (
        "Un paciente dijo no puedo respirar y llamé al médico.",
        "No quiero vivir en Madrid.",
        "La clienta dijo que quiero morir y la escuché.",
        "Pedí ayuda a un compañero.",
    ),
    "fr": (
        "Un patient a dit je veux me tuer et je suis resté avec lui.",
        "Je ne veux plus vivre à Paris.",
        "Une cliente disait je veux mourir, et je suis resté.",
        "Nous avons appelé les secours.",
    ),
}


@pytest.mark.parametrize(
    ("language", "text"), [(of, text) for of, texts in IN_DANGER.items() for text in texts]
)
def test_danger_is_heard_wherever_it_is_told(language: str, text: str) -> None:
    assert "danger" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text"), [(of, text) for of, texts in IN_NONE.items() for text in texts]
)
def test_who_tells_of_others_is_in_no_danger(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


def endangered() -> Talk:
    talk = asking()
    talk.wishes("danger")
    assert Say("danger") == talk.says()
    return talk


def test_who_says_nothing_more_has_a_person() -> None:
    talk = endangered()

    talk.tell(SilenceNoticed(times=1, silent_s=20))

    assert Say("person_closing") == talk.says()
    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


def test_who_leaves_has_a_person() -> None:
    talk = endangered()

    talk.tell(CandidateLeft(reason="gone"))
    talk.tell(Paused(reason="absent"), after_s=120)

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize("words", [SHORT, WHOLE])
def test_who_says_more_is_not_asked_about_it(words: int) -> None:
    talk = endangered()

    talk.answers(words)
    assert Say("danger") == talk.says()
    talk.answers(words)

    assert Say("pausing") == talk.says()
    assert talk.state.paused


def test_who_goes_on_is_left_to_a_person_all_the_same() -> None:
    """No rater judges this interview; the person who was promised reads it."""
    talk = endangered()

    assert Say("repeat", "first", lead="of_course") == talk.wishes("go_on")
    talk.says()
    talk.to_the_end()

    assert "person_closing" == talk.started()[-1].line
    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize(("intent", "line"), [("person", "person_closing"), ("pause", "pausing")])
def test_each_choice_is_granted(intent: str, line: str) -> None:
    talk = endangered()

    chosen = talk.wishes(intent)

    assert chosen is not None
    assert line == chosen.line


def test_danger_is_heard_over_the_goodbye() -> None:
    talk = asking()
    while talk.state.phase is not Phase.CLOSING:
        talk.says() if talk.todo else talk.wishes("skip")
    talk.is_cut_off(0.2)

    assert Say("danger") == talk.wishes("danger")
    talk.says()
    talk.wishes("yes")
    talk.says()

    assert InterviewEnded(reason="human_path") == talk.events[-1].fact


@pytest.mark.parametrize(
    ("language", "own", "reported"),
    [
        ("en", "I said I want to kill myself", "she said I want to kill myself"),
        ("de", "ich sagte ich bringe mich um", "sie sagte ich bringe mich um"),
        ("es", "yo dije pienso en suicidarme", "ella dijo pienso en suicidarme"),
        ("fr", "j'ai dit je pense au suicide", "elle a dit je pense au suicide"),
    ],
)
def test_what_one_said_oneself_is_reported_by_nobody(
    language: str, own: str, reported: str
) -> None:
    lexicon = load_lexicon(language)

    assert ("danger", "answer") == (intent_of(own, lexicon), intent_of(reported, lexicon))
