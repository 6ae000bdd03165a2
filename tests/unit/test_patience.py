"""Patience: which endings are waited out, and for how long."""

import pytest

from agent.lexicon import load_lexicon
from interview.patience import (
    THINKING_S,
    WAITS,
    Lexicon,
    Signals,
    asks_to_repeat,
    ends_open,
    leads_on,
    wait_s,
)

pytestmark = pytest.mark.unit

ENGLISH = load_lexicon("en-US")

WHOLE = """
i left the company in the spring of that year
we never had that problem again
my manager was happy with it
it was my fault and i told them so i think
we shipped it on a friday afternoon
that is how i learned to write tests
i would do it the same way today
she is a much better engineer than me now
nobody had asked the customers before
it was cheaper in the end
i do not know what happened to it
we wrote everything down in a shared document
they still use it
the hardest part was to say no
we lost about two hours of data
i asked for help too late
the other team did the rest
it took us three weeks to find out
in the meantime they had hired somebody else
that was the first time i led a project on my own
we talked about it every day
it did not work the way i had hoped
i could not have done it without them
he showed me where to look
we agreed to disagree
i was new there and i had no idea what to do
so we turned it off
it is the thing i am most proud of
we should have tested it first
after that we met once a week
i have not seen him since
the customers did not even notice
we decided to do it step by step
i was alone in the office when it happened
there was nobody else i could ask
it was one of the best decisions we made
i read a lot about it
then i called my manager
they gave us another month
we had planned for that
i explained it to them as well as i could
it was a good team and we are still in touch
i prefer to work in the morning
we had to start over
the numbers went up
in my last job i looked after the payment system
i fixed it the next day
we did not have enough people
that is why i want to work here
the meeting was at nine
i learned that from her
we measured it before and after
it was slow but it was safe
he did not agree with any of this
i told them what i knew
nothing was lost
we made a list of everything that could go wrong
i would ask more questions
my part was the database
it was the right thing to do
i spoke to the person who trained me
the report that they sent us was wrong
we fixed the page that nobody used
it was my colleague who wrote it
the people who used it liked it
""".strip().splitlines()

BROKEN = """
we moved it because
i thought that
the team was small and
we had to talk to
i was responsible for
it was the
we started with a
she told me that
the new system was
i had never
we were
after the release we
i wanted to
the first thing i did was
we looked at every
it depends on whether
if the server
when the customers came back
because my manager
we decided
i asked
the problem was that our
they had built a large
it was an important
there was no time so
i went to my
we could not find it although
he said he would
i think i
then we noticed
it was faster than
they came from
um
i know people who
while we were waiting for the build
before the meeting
we had a daily
as soon as the
she is a very
we did it without
and then the
it took us at least
the person who trained me
and the report that they sent us
because the people who used it
my colleague who wrote it
the first version that we shipped
""".strip().splitlines()


def test_a_whole_sentence_is_hardly_ever_taken_for_a_broken_one() -> None:
    wrong = [text for text in WHOLE if ends_open(text.split(), ENGLISH)]

    assert len(wrong) / len(WHOLE) <= 0.03, wrong


def test_most_sentences_that_break_inside_a_clause_are_recognised() -> None:
    missed = [text for text in BROKEN if not ends_open(text.split(), ENGLISH)]

    assert len(missed) / len(BROKEN) <= 0.2, missed


def test_a_break_inside_a_clause_is_waited_out_longer_than_any_ending() -> None:
    broken = wait_s(Signals("we moved it because", words=4, expected_words=4), ENGLISH)

    assert WAITS.open_clause == broken
    assert broken > WAITS.short > WAITS.whole > WAITS.done


@pytest.mark.parametrize(("words", "expected"), [(40, WAITS.whole), (5, WAITS.short)])
def test_a_short_answer_is_given_more_time_than_a_long_one(words: int, expected: float) -> None:
    signals = Signals("we lost about two hours of data", words=words, expected_words=50)

    assert expected == wait_s(signals, ENGLISH)


def test_a_voice_that_goes_on_is_given_more_time() -> None:
    long = Signals("we lost two hours", words=40, expected_words=50, end_of_turn=0.1)
    short = Signals("we lost two hours", words=4, expected_words=50, end_of_turn=0.1)

    assert WAITS.unsure == wait_s(long, ENGLISH)
    assert WAITS.open_clause == wait_s(short, ENGLISH)


def test_who_asks_for_time_gets_it_and_who_is_done_is_answered() -> None:
    assert THINKING_S == wait_s(Signals("let me think about that", 5, 50), ENGLISH)
    assert THINKING_S == wait_s(Signals("we lost data", 3, 50, thinking=True), ENGLISH)
    assert WAITS.done == wait_s(Signals("and i'm done", 3, 50), ENGLISH)
    assert WAITS.done == wait_s(Signals("no that is all thank you", 6, 50), ENGLISH)


def test_who_has_paused_long_before_is_given_as_much_again_up_to_a_limit() -> None:
    patient = Signals("we lost data because", 4, 50, own_pauses_s=(3.0,))
    slowest = Signals("we lost data because", 4, 50, own_pauses_s=(30.0,))

    assert 3.0 + WAITS.own_pause_margin == wait_s(patient, ENGLISH)
    assert WAITS.longest == wait_s(slowest, ENGLISH)


def test_a_whole_clause_waits_under_two_seconds_whoever_speaks() -> None:
    slowest = Signals("we lost data", 3, 50, own_pauses_s=(30.0,))

    assert WAITS.short < wait_s(slowest, ENGLISH) == WAITS.short_longest < 2.0


@pytest.mark.parametrize(
    "latest", ["let me think", "Um, let me see.", "Well, good question. Let me think about that."]
)
def test_a_wish_for_time_is_one_when_nothing_else_was_said_since_the_last_pause(
    latest: str,
) -> None:
    signals = Signals(f"we had a project {latest}", 12, 50, latest=latest)

    assert THINKING_S == wait_s(signals, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Let me think about this.",
        "Hmm, let me think about this.",
        "Let me think about this for a second.",
        "Let me think about that for a minute.",
        "Let me think about it for a moment.",
        "I need to think about that for a moment.",
        "I need to think about this.",
        "I have to think about that.",
        "Give me a moment to think.",
        "Let me think of an example.",
        "Let me think of a good example.",
        "Can I think for a moment?",
        "Can I have a moment to think?",
        "May I have a minute?",
        "Give me a second to think.",
        "Just a second.",
        "Hold on.",
        "Hang on a second.",
        "One sec.",
        "Okay, let me think about that one for a minute.",
        "Can I just think about it for a bit?",
        "Hang on, I'm just thinking.",
    ],
)
def test_a_wish_for_time_may_say_about_what_and_for_how_long(text: str) -> None:
    assert THINKING_S == wait_s(Signals(text, len(text.split()), 50), ENGLISH)


@pytest.mark.parametrize(
    ("before", "latest", "is_wish"),
    [
        ("And then the customer said", "let me think about it.", False),
        ("The caller shouted, so I told him to", "hold on.", False),
        ("My boss asked,", "can I have a moment to think?", False),
        ("I wanted to", "let me think.", True),
        ("We lost the data because", "hold on.", True),
        ("I told the team about it.", "Let me think about that for a second.", True),
    ],
)
def test_who_quotes_somebody_else_after_a_pause_does_not_ask_for_time(
    before: str, latest: str, is_wish: bool
) -> None:
    signals = Signals(f"{before} {latest}", 12, 50, latest=latest)

    assert is_wish == (THINKING_S == wait_s(signals, ENGLISH))


@pytest.mark.parametrize(
    "text",
    [
        "We fixed it in one second.",
        "I told her that it was a good question.",
        "The caller was furious, so I told him to hold on.",
        "I offered a discount, and he said let me think about it.",
        "She asked me: can I have a moment to think?",
        "We gave them time, because the board said we need to think about this for a minute.",
        "My manager answered, hang on a second.",
    ],
)
def test_an_answer_that_ends_like_a_wish_for_time_is_answered_in_a_while(text: str) -> None:
    assert wait_s(Signals(text, 40, 50), ENGLISH) <= WAITS.longest


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, could you repeat that?",
        "Excuse me, could you say that again?",
        "I did not hear you, can you say it again please?",
        "Would you mind repeating the question?",
        "Sorry, I didn't catch the last part of the question.",
        "What was the question again?",
        "Please repeat.",
        "Pardon?",
    ],
)
def test_who_asks_for_the_question_again_is_understood(text: str) -> None:
    assert asks_to_repeat(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "We had to repeat it twice until the customer was happy.",
        "I did not hear about it until Monday.",
        "I asked the customer, could you repeat that for me?",
        "I begged their pardon and they stayed.",
        "I did not get the promotion.",
        "Could you tell me what the team does?",
    ],
)
def test_who_tells_of_something_that_was_repeated_is_not_told_the_question_again(text: str) -> None:
    assert not asks_to_repeat(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    ["it went really well", "it went so well", "and that as well", "i do not think so", "or so"],
)
def test_an_answer_may_end_on_a_word_that_can_open_a_clause(text: str) -> None:
    assert not ends_open(text.split(), ENGLISH)


@pytest.mark.parametrize("text", ["well", "um well", "but well", "so", "we had no time so"])
def test_the_same_word_opens_a_clause_at_its_beginning(text: str) -> None:
    assert ends_open(text.split(), ENGLISH)


def test_a_language_without_a_lexicon_is_judged_by_length_and_voice() -> None:
    assert Lexicon() == load_lexicon("xx")
    assert WAITS.short == wait_s(Signals("foo bar", 2, 50), Lexicon())
    assert WAITS.whole == wait_s(Signals("foo bar", 40, 50), Lexicon())


LEADING_ON = """
so i asked the others
she reminded us
then he convinced the whole team
""".strip().splitlines()

NOT_LEADING_ON = """
i asked the others to read it
we told our manager what had happened
nobody asked
we talked to the others
i asked for help
i was told too late
and i told everybody
why we needed more time
she helped me
""".strip().splitlines()


@pytest.mark.parametrize("text", LEADING_ON)
def test_who_names_somebody_that_was_asked_mostly_goes_on(text: str) -> None:
    assert leads_on(text.split(), ENGLISH)
    assert not ends_open(text.split(), ENGLISH)


@pytest.mark.parametrize("text", NOT_LEADING_ON)
def test_what_is_a_sentence_is_no_beginning(text: str) -> None:
    assert not leads_on(text.split(), ENGLISH)


def test_a_short_answer_that_leads_on_is_waited_for_and_a_long_one_is_not() -> None:
    short = Signals(text="so I asked the others", words=5, expected_words=30)
    long = Signals(text="so I asked the others", words=60, expected_words=30)

    assert WAITS.open_clause == wait_s(short, ENGLISH)
    assert WAITS.whole == wait_s(long, ENGLISH)
