"""The first tenant of an installation: its owner and a key that may do everything."""

from datetime import datetime

from interview.accounts import ALL_SCOPES, ApiKey, Member, Role, Tenant, new_api_key
from interview.ids import MemberId, TenantId
from interview.ports import Ids, Store
from interview.use_cases.keys import key_digest


async def bootstrap(
    store: Store, tenant_name: str, email: str, pepper: bytes, now: datetime, ids: Ids
) -> tuple[Tenant, Member, str]:
    """Creates a tenant with an owner; the third value is the API key, which is shown only here."""
    tenant = Tenant(TenantId(ids.new()), tenant_name, now)
    owner = Member(MemberId(ids.new()), email, Role.OWNER, now)
    kid, key = new_api_key()
    digest = key_digest(pepper, key)
    await store.create_tenant(tenant)
    async with store.transaction(tenant.tenant_id) as tx:
        await tx.tenants.add_member(owner)
        await tx.tenants.add_key(
            ApiKey(
                kid=kid,
                tenant=tenant.tenant_id,
                digest=digest,
                scopes=ALL_SCOPES,
                created_at=now,
                name="bootstrap",
                member=owner.member_id,
            )
        )
    return tenant, owner, key
