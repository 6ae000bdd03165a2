"""Who is asked in an interview: its language model, for what its kit wants that to say."""

from hashlib import sha256

from interview.plan import Plan
from interview.ports import Models
from interview.understanding import Understanding

from agent import lexicon, probe_guard
from agent.attributed import load_attributions
from agent.counsel import Advisers
from agent.prober import Advice
from agent.wish_reader import Reading


def advisers_for(plan: Plan, models: Models | None) -> Advisers:
    """Nobody, where there is no model: then the kit's own words are said, and rules understand."""
    if models is None:
        return Advisers()
    return Advisers(_of_probes(plan, models), _of_wishes(plan, models))


def _of_probes(plan: Plan, models: Models) -> Advice | None:
    guard = probe_guard.load_guard(plan)
    if guard is None:
        return None
    attributions = load_attributions(guard.language)
    return Advice(models, guard, probe_guard.instructions(), attributions)


def _of_wishes(plan: Plan, models: Models) -> Reading | None:
    if plan.wishes != "model":
        return None
    understanding = Understanding(lexicon.load_lexicon(plan.language).wishes)
    return Reading(models, understanding, instructions())


def instructions() -> str:
    """What a model that reads wishes is told to do, whatever the interview."""
    return (lexicon.WISHES / "instructions.md").read_text().strip()


def versions(advisers: Advisers) -> dict[str, str]:
    """What an interview's log should name."""
    probes = {"probes": probe_guard.version()} if advisers.probes else {}
    return probes | ({"wishes": _version()} if advisers.wishes else {})


def _version() -> str:
    """Changes with everything that decides what is understood as a wish."""
    files = sorted(path for path in lexicon.WISHES.iterdir() if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
