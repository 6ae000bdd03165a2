"""Who is asked in an interview: its language model, for what its kit wants that to say."""

from interview.plan import Plan
from interview.ports import Models

from agent import probe_guard
from agent.attributed import load_attributions
from agent.counsel import Advisers
from agent.prober import Advice


def advisers_for(plan: Plan, models: Models | None) -> Advisers:
    """Nobody, where there is no model: then the kit's own words are said."""
    return Advisers() if models is None else Advisers(_of_probes(plan, models))


def _of_probes(plan: Plan, models: Models) -> Advice | None:
    guard = probe_guard.load_guard(plan)
    if guard is None:
        return None
    attributions = load_attributions(guard.language)
    return Advice(models, guard, probe_guard.instructions(), attributions)


def versions(advisers: Advisers) -> dict[str, str]:
    """What an interview's log should name."""
    return {"probes": probe_guard.version()} if advisers.probes else {}
