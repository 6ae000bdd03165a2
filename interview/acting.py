"""Who may say that they did something: people, and keys that speak for them; no machine of ours."""

from typing import assert_never

from interview.audit import Actor
from interview.by_people import By
from interview.errors import Forbidden, Invalid


def done_by(actor: Actor) -> By:
    """Who sets an interview up: any member or key may. Raises `Forbidden` for a machine of ours."""
    match actor.kind:
        case "member" | "key":
            return By(kind=actor.kind, id=actor.id)
        case "candidate" | "system":
            raise Forbidden("Only people of the tenant and their keys do this.")
        case _:
            assert_never(actor.kind)


def judged_by(actor: Actor, person: str | None) -> By:
    """The person who judges: a member in their own name, or `person`, for whom a key passes it on.

    Nothing else judges: neither the AI nor a key of its own. Raises `Forbidden`, `Invalid`.
    """
    by = done_by(actor)
    if by.kind == "key" and person is None:
        raise Invalid("person: a key names the person whose judgement it passes on", field="person")
    if by.kind == "member" and person is not None:
        raise Invalid("person: a member judges in their own name", field="person")
    return By(kind=by.kind, id=by.id, name=person)
