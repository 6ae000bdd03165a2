"""Who is asked for probes: the language model of an interview, where its kit wants that."""

from interview.plan import Plan
from interview.ports import Models

from agent.attributed import load_attributions
from agent.probe_guard import instructions, load_guard, version
from agent.prober import Advice


def advice_for(plan: Plan, models: Models | None) -> Advice | None:
    """None where the kit's own words are said."""
    guard = load_guard(plan) if models is not None else None
    if models is None or guard is None:
        return None
    return Advice(models, guard, instructions(), load_attributions(guard.language))


def versions(advice: Advice | None) -> dict[str, str]:
    """What an interview's log should name."""
    return {"probes": version()} if advice else {}
