"""Where kits come from: the starter library, versions and drafts; and how two of them differ."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.accounts import KitVersion
from interview.errors import Code, NotFound
from interview.ids import JobId, KitId
from interview.kit import Frozen, Kit
from interview.kit_changes import Change
from interview.use_cases import kits
from pydantic import AwareDatetime, Field, model_validator

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.starter_kits import STARTER_KITS, StarterKit
from api.v1.kits import KitView
from api.v1.shapes import MAX_PAGE, Listed
from api.yaml_text import MEDIA_TYPE, as_yaml

StarterName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class StarterOutline(Frozen):
    """A starter kit in short; `id` is its name in addresses and in `starter`."""

    id: str
    name: str
    language: str
    minutes: float
    competencies: tuple[str, ...]
    questions: int

    @classmethod
    def of(cls, starter: StarterKit) -> "StarterOutline":
        kit = starter.kit
        return cls(
            id=starter.name,
            name=kit.name,
            language=kit.language,
            minutes=kit.minutes,
            competencies=tuple(competency.name for competency in kit.competencies),
            questions=len(kit.questions),
        )


class StarterLibrary(Frozen):
    """All starter kits."""

    items: tuple[StarterOutline, ...]


class StarterView(Kit):
    """A starter kit: a proposal to be made one's own, not a version that can be held."""

    id: str


class DraftBody(Frozen):
    """What the draft is made from, a kit or a starter kit, and the job that it is for."""

    job_id: UUID
    kit_id: UUID | None = None
    starter: StarterName | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> "DraftBody":
        if (self.kit_id is None) == (self.starter is None):
            raise ValueError("expected either kit_id or starter")
        return self


class VersionsQuery(Frozen):
    """`after` is the last version that is known: older ones follow."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 50
    after: Annotated[int, Field(ge=1, le=2**31 - 1)] = 2**31 - 1


class VersionView(Frozen):
    """A version without its content; `id` is that of the kit."""

    id: UUID
    version: int
    name: str
    language: str
    created_at: AwareDatetime
    published_at: AwareDatetime

    @classmethod
    def of(cls, version: KitVersion) -> "VersionView":
        return cls(
            id=version.kit_id,
            version=version.version,
            name=version.name,
            language=version.language,
            created_at=version.created_at,
            published_at=version.published_at,
        )


class VersionPage(Listed[VersionView]):
    """Versions of a job's kit, newest first; `next` is null on the last page."""


class DiffQuery(Frozen):
    """`base` is the kit that is compared with: what stood there before."""

    base: UUID


class DiffView(Frozen):
    """Everything that differs, by field; empty when nothing does."""

    base: UUID
    id: UUID
    changes: tuple[Change, ...]


@operation("GET", "/v1/starter-kits", STAFF, tag="kits")
async def list_starter_kits() -> StarterLibrary:
    """List the starter library."""
    return StarterLibrary(items=tuple(map(StarterOutline.of, STARTER_KITS.values())))


@operation("GET", "/v1/starter-kits/{starter}", STAFF, tag="kits", errors=[Code.NOT_FOUND])
async def get_starter_kit(starter: StarterName) -> StarterView:
    """Get a starter kit."""
    return StarterView(**dict(_starter(starter)), id=starter)


def _starter(name: str) -> Kit:
    if name not in STARTER_KITS:
        raise NotFound("There is no starter kit of that name.", field="starter")
    return STARTER_KITS[name].kit


@operation(
    "POST",
    "/v1/kits/drafts",
    STAFF,
    tag="kits",
    status=201,
    creates=True,
    made=lambda tx: tx.kits,
    errors=[Code.NOT_FOUND],
)
async def copy_kit(call: Call, caller: Staff, body: DraftBody) -> KitView:
    """Make a draft from a version, from another draft, or from a starter kit."""
    job = JobId(body.job_id)
    if body.starter is not None:
        call.told["starter"] = body.starter
        made = await kits.create_kit(call.world, caller.tenant, job, _starter(body.starter))
    else:
        assert body.kit_id is not None
        call.told["kit"] = str(body.kit_id)
        made = await kits.copy_kit(call.world, caller.tenant, KitId(body.kit_id), job)
    return KitView.of(made)


@operation("GET", "/v1/jobs/{job_id}/kit-versions", STAFF, tag="kits", errors=[Code.NOT_FOUND])
async def list_kit_versions(
    call: Call, caller: Staff, job_id: UUID, query: VersionsQuery
) -> VersionPage:
    """List the versions of a job's kit."""
    found = await kits.versions_of(
        call.world, caller.tenant, JobId(job_id), query.limit + 1, query.after
    )
    items = found[: query.limit]
    following = str(items[-1].version) if len(found) > query.limit else None
    return VersionPage(items=tuple(map(VersionView.of, items)), next=following)


@operation("GET", "/v1/kits/{kit_id}/diff", STAFF, tag="kits", errors=[Code.NOT_FOUND])
async def compare_kits(call: Call, caller: Staff, kit_id: UUID, query: DiffQuery) -> DiffView:
    """See what was changed to come from one kit to another.

    Both may be drafts or versions, of one job or of two. Competencies and questions are told by
    their keys.
    """
    found = await kits.compare_kits(call.world, caller.tenant, KitId(query.base), KitId(kit_id))
    return DiffView(base=query.base, id=kit_id, changes=found)


@operation(
    "GET",
    "/v1/kits/{kit_id}/export",
    STAFF,
    tag="kits",
    produces=(MEDIA_TYPE,),
    errors=[Code.NOT_FOUND],
)
async def export_kit(call: Call, caller: Staff, kit_id: UUID) -> web.Response:
    """Take a kit out as YAML.

    The same text can be sent to create a kit or to replace a draft.
    """
    record = await kits.get_kit(call.world, caller.tenant, KitId(kit_id))
    said = {"job_id": str(record.job_id), **record.kit.model_dump(exclude_defaults=True)}
    name = f'attachment; filename="{record.kit_id}.yaml"'
    return web.Response(
        body=as_yaml(said), content_type=MEDIA_TYPE, headers={"Content-Disposition": name}
    )


OPERATIONS = (
    list_starter_kits,
    get_starter_kit,
    copy_kit,
    list_kit_versions,
    compare_kits,
    export_kit,
)
