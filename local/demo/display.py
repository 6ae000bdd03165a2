"""The demo's face: progress, the conversation as it happens, the scorecard with its quotes."""

import asyncio
import sys
import textwrap
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from local.candidate.captions import AI, Captions
from local.candidate.talk import Happened
from local.demo.recruiter import Json
from local.demo.result import listed

WIDTH = 100
TICK_S = 1.0
LIVE_EVERY_S = 0.2
CLEAR = "\r\033[K"
INDENT = " " * 25


@contextmanager
def step(what: str) -> Iterator[None]:
    """Names what is being done, ticks while it is, and says how long it took."""
    began = time.monotonic()
    print(f"{what} …", end="", flush=True)
    over = threading.Event()
    ticking = threading.Thread(target=_tick, args=(over,), daemon=True)
    ticking.start()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    finally:
        over.set()
        ticking.join()
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def _tick(over: threading.Event) -> None:
    while not over.wait(TICK_S):
        print(".", end="", flush=True)


async def show_live(captions: Captions) -> None:
    """On a terminal, what is being said now, until its whole line replaces it; until cancelled."""
    while sys.stdout.isatty():
        await asyncio.sleep(LIVE_EVERY_S)
        if captions.shown and not captions.shown[-1].line.final:
            line = captions.shown[-1].line
            who = "Interviewer" if line.speaker == AI else "Candidate"
            print(f"{CLEAR}      {who:<11}       … {line.text}"[: len(CLEAR) + WIDTH], end="")
            sys.stdout.flush()


def show_line(happened: Happened) -> None:
    """One line of the talk: when, who, for how long, the words, and how soon it was answered."""
    minutes, seconds = divmod(int(happened.at_s), 60)
    who = "Interviewer" if happened.who == "ai" else "Candidate"
    if sys.stdout.isatty():
        print(CLEAR, end="")
    head = f"{minutes}:{seconds:02}  {who:<11} {happened.seconds:4.1f}s"
    notes = ""
    if happened.cut_off:
        notes += "  [was cut off]"
    elif happened.latency_s is not None:
        notes += f"  [answered after {happened.latency_s:.2f} s]"
    body = textwrap.wrap(happened.text + notes, WIDTH - len(INDENT)) or [""]
    print(f"{head:<{len(INDENT)}}{body[0]}")
    for line in body[1:]:
        print(f"{INDENT}{line}")
    sys.stdout.flush()


def show_scorecard(card: Mapping[str, object], kit: Json, turns: Sequence[Json]) -> None:
    """Quotes first, numbers last; what was not assessed says why."""
    names = {c["key"]: c["name"] for c in listed(kit["competencies"])}
    started = {t["turn_id"]: t["started_ms"] for t in turns}
    for rating in listed(card["ratings"]):
        level = rating["level"]
        verdict = f"level {level} of 5" if level else f"not assessed ({rating['not_assessed']})"
        print(f"\n  {names[rating['competency']]}: {verdict}")
        for quote in listed(rating["quotes"]):
            at_s = int(str(started[quote["turn_id"]])) // 1000
            text = f"{at_s // 60}:{at_s % 60:02}  “{quote['text']}”"
            print(textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="          "))
    stamp = card["stamp"]
    assert isinstance(stamp, dict)
    share = float(str(card["coverage"]))
    print(
        f"\n  Total {card['total']} of 5 over {share:.0%} of the weight; rated by "
        f"“{stamp['rater']}”: phrases of the kit found in the candidate's words, no model."
    )


def show_result(figures: Json, path: str) -> None:
    """The figures a stranger asks for first."""
    latency = figures["turn_latency_s"]
    assert isinstance(latency, dict)
    print(
        f"\n  Asked {len(listed(figures['questions_asked']))} of {figures['questions_planned']} "
        f"planned questions · word error rate {figures['word_error_rate']} over "
        f"{figures['candidate_script_words']} words · answered after {latency['p50']} s (median) · "
        f"cut off {figures['cut_offs']} times\n"
        f"  Log of {figures['events']} events: chain {figures['chain']} · {figures['wall_s']} s in "
        f"all · everything in {path}"
    )
