"""Interview kits: what is asked and how answers are judged."""

from uuid import UUID

from aiohttp import web
from interview.accounts import KitRecord
from interview.errors import Code
from interview.ids import JobId, KitId
from interview.kit import Kit, doubts
from interview.ports import KitsWanted
from interview.use_cases import kits
from pydantic import AwareDatetime

from api.callers import Staff
from api.problems import FieldProblem
from api.registry import STAFF, Call, operation
from api.v1.asking import SortedQuery, Truth
from api.v1.shapes import Listed


class KitBody(Kit):
    """A draft kit for a job."""

    job_id: UUID

    def kit(self) -> Kit:
        """The kit alone."""
        return Kit.model_construct(**{name: getattr(self, name) for name in Kit.model_fields})


class KitView(Kit):
    """A kit. `version` is null for a draft and counts from 1 once published."""

    id: UUID
    job_id: UUID
    version: int | None
    created_at: AwareDatetime
    published_at: AwareDatetime | None

    @classmethod
    def of(cls, record: KitRecord) -> "KitView":
        return cls(
            **dict(record.kit),
            id=record.kit_id,
            job_id=record.job_id,
            version=record.version,
            created_at=record.created_at,
            published_at=record.published_at,
        )


class PublishedKit(KitView):
    """A kit that was published; `warnings` are what it may lack, though somebody may miss it."""

    warnings: tuple[FieldProblem, ...]


class KitQuery(SortedQuery):
    """`published` keeps versions, or drafts when it is false."""

    job_id: UUID | None = None
    published: Truth | None = None


class KitPage(Listed[KitView]):
    """One page of kits; `next` is null on the last one."""


@operation(
    "POST",
    "/v1/kits",
    STAFF,
    tag="kits",
    status=201,
    yaml=True,
    creates=True,
    made=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND],
)
async def create_kit(call: Call, caller: Staff, body: KitBody) -> KitView:
    """Create a draft kit.

    A draft may still lack anchors or cover no question; publishing checks that.
    """
    job = JobId(body.job_id)
    return KitView.of(await kits.create_kit(call.world, caller.tenant, job, body.kit()))


@operation("GET", "/v1/kits", STAFF, tag="kits")
async def list_kits(call: Call, caller: Staff, query: KitQuery) -> KitPage:
    """List kits, drafts and published ones."""
    wanted = KitsWanted(
        sort=query.sort,
        job=None if query.job_id is None else JobId(query.job_id),
        published=query.published,
        created=query.created,
    )
    page = await kits.list_kits(call.world, caller.tenant, query.limit, query.after, wanted)
    return KitPage(items=tuple(map(KitView.of, page.items)), next=page.next)


@operation(
    "GET",
    "/v1/kits/{kit_id}",
    STAFF,
    tag="kits",
    revised=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND],
)
async def get_kit(call: Call, caller: Staff, kit_id: UUID) -> KitView:
    """Get a kit."""
    return KitView.of(await kits.get_kit(call.world, caller.tenant, KitId(kit_id)))


@operation(
    "PUT",
    "/v1/kits/{kit_id}",
    STAFF,
    tag="kits",
    yaml=True,
    revised=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND, Code.KIT_FROZEN],
)
async def update_kit(call: Call, caller: Staff, kit_id: UUID, body: KitBody) -> KitView:
    """Replace a draft.

    A published kit does not change.
    """
    which, job = KitId(kit_id), JobId(body.job_id)
    return KitView.of(await kits.change_kit(call.world, caller.tenant, which, job, body.kit()))


@operation(
    "DELETE",
    "/v1/kits/{kit_id}",
    STAFF,
    tag="kits",
    status=204,
    revised=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND, Code.KIT_FROZEN],
)
async def delete_kit(call: Call, caller: Staff, kit_id: UUID) -> web.Response:
    """Delete a draft.

    A published kit stays: interviews rest on it.
    """
    await kits.drop_kit(call.world, caller.tenant, KitId(kit_id))
    return web.Response(status=204)


@operation(
    "POST",
    "/v1/kits/{kit_id}/publish",
    STAFF,
    tag="kits",
    creates=True,
    revised=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND, Code.KIT_INCOMPLETE, Code.KIT_FROZEN],
)
async def publish_kit(call: Call, caller: Staff, kit_id: UUID) -> PublishedKit:
    """Freeze a draft as the next version of its job's kit.

    Each competency needs a question and an anchor per level, and the questions must fit the
    minutes. The refusal lists every gap. A competency without indicators is no gap but among the
    `warnings`: the bundled rater cannot score it, only a model or a person can.
    """
    spoken = call.desk.languages
    record = await kits.publish_kit(call.world, caller.tenant, KitId(kit_id), spoken)
    return PublishedKit(
        **dict(KitView.of(record)),
        warnings=tuple(
            FieldProblem(field=field, detail=detail) for field, detail in doubts(record.kit)
        ),
    )


OPERATIONS = (create_kit, list_kits, get_kit, update_kit, delete_kit, publish_kit)
