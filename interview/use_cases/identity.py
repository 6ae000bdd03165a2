"""Where a tenant's members sign in, and the session that a provider's word opens."""

from interview.addresses import Reach, check_url
from interview.errors import NotFound, SignInFailed
from interview.ids import TenantId
from interview.oidc import Asked, Provider
from interview.ports import IdentityProviders
from interview.use_cases.sign_in import SignedIn, open_session
from interview.use_cases.world import World


async def provider_of(world: World, tenant: TenantId) -> Provider:
    """Raises `NotFound` when there is none."""
    async with world.transaction(tenant) as tx:
        return await tx.identity_provider.get()


async def set_provider(world: World, tenant: TenantId, reach: Reach, provider: Provider) -> None:
    """From now on; who is signed in stays so. Raises `Invalid` for an issuer that may not be
    called, as far as its spelling tells; where its name leads is seen when it is called."""
    check_url(provider.issuer, reach, "issuer")
    async with world.transaction(tenant) as tx:
        await tx.identity_provider.put(provider, world.now())


async def remove_provider(world: World, tenant: TenantId) -> None:
    """Members sign in with passwords alone."""
    async with world.transaction(tenant) as tx:
        await tx.identity_provider.remove()


async def sign_in_with(
    world: World, providers: IdentityProviders, asked: Asked, code: str
) -> SignedIn:
    """Opens a session for the member whose address the provider vouches for.

    Nobody is made a member by it. The provider is asked outside of any transaction, so another
    setting meanwhile is looked for. Raises `SignInFailed`, `NotFound`, `Unavailable`.
    """
    provider = await provider_of(world, asked.tenant)
    if provider.issuer != asked.issuer:
        raise SignInFailed
    email = await providers.identify(provider, asked, code, world.now())
    async with world.transaction(asked.tenant) as tx:
        if await tx.identity_provider.get() != provider:
            raise SignInFailed
        try:
            account = await tx.members.by_email(email)
        except NotFound as error:
            raise SignInFailed from error
        return await open_session(world, tx, account.member, "oidc")
