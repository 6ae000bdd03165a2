"""What was said in the interview that the desk's tests review."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Said:
    """A turn; `unclear` is a word that was hardly understood, `written` came before the others.
    `shown` is how the recogniser wrote the words in its text, if not one by one."""

    speaker: Literal["ai", "candidate"]
    text: str
    question: str | None = None
    line: str = "question"
    unclear: str = ""
    written: str = ""
    shown: str = ""


def _asked(question: str, text: str) -> Said:
    return Said("ai", text, question)


def _answer(question: str, text: str, unclear: str = "") -> Said:
    return Said("candidate", text, question, unclear=unclear)


TALK = (
    Said(
        "ai",
        "Hello, I am the AI interviewer of Acme. I have five questions about work that you have "
        "done. Take your time with each of them.",
        line="greeting",
    ),
    _asked(
        "large_change",
        "Tell me about a time when you changed a large system while people were using it. What did "
        "you do yourself?",
    ),
    _answer(
        "large_change",
        "In my last job we moved the payments to a new database while shops were using it. I wrote "
        "the plan. We went one customer at a time and measured every step, and the two databases "
        "ran side by side for a month so that we could go back at any time.",
    ),
    Said("ai", "How did you know that it worked?", "large_change", line="probe"),
    _answer(
        "large_change",
        "We compared the sums of both databases every night. In the end nobody lost any money, and "
        "the shops told us that nobody noticed.",
    ),
    _asked(
        "failure",
        "Tell me about a time when something that you had built failed. What did you do next?",
    ),
    _answer(
        "failure",
        "I released a change on a Friday and the invoices went out twice. It was my mistake, I had "
        "not tested the retry. I rolled back my change within five minutes, called the customers, "
        "and we wrote a new test so that it could not happen again.",
        "retry.",
    ),
    _asked(
        "explaining",
        "Tell me about a time when you explained a technical problem to people who do not build "
        "software.",
    ),
    _answer(
        "explaining",
        "Our sales people asked why the site was slow. I explained it to them like a road with too "
        "many cars, and then asked them to tell it in their own words.",
    ),
    _asked(
        "new_skill",
        "Tell me about something new that you had to learn quickly for your work. How did you go "
        "about it?",
    ),
    _answer("new_skill", "I would rather not talk about that, if that is all right."),
    _asked(
        "disagreement",
        "Tell me about a disagreement in your team about how to build something. How did it end?",
    ),
    _answer(
        "disagreement",
        "A colleague wanted to rewrite everything. I listened to his reasons first, then I "
        "explained my own with the numbers. We kept the old service and rewrote the part that "
        "hurt.",
    ),
    Said(
        "ai",
        "Thank you for your time. A person will read what you said before anything is decided.",
        line="closing",
    ),
)

LONG_WORD = "x" * 10_000
STRANGE_NAME = (
    "<b>Bobby</b> <img src=x onerror='globalThis.hacked=1'> <script>hacked=2</script> שלום "
    "{{7*7}} javascript:hacked=3 " + "y" * 120
)
"""As far as a name may go: the API takes no signs in it that turn the direction of others."""

STRANGE = f"\u202egnidaelsim\u202c \u200f{STRANGE_NAME}"
HOSTILE = (
    Said("ai", "Tell me about <b>it</b>.", "large_change"),
    Said("candidate", f"{STRANGE} onerror=alert(1)> {LONG_WORD}", "large_change"),
)


def long_talk(turns: int) -> tuple[Said, ...]:
    """So many turns of a usual length."""
    return tuple(TALK[1 + n % (len(TALK) - 2)] for n in range(turns))
