"""What is stored of a mail: the token of its link is sealed under the candidate's key."""

from dataclasses import dataclass, replace

from interview.ids import CandidateId, MailId, TenantId
from interview.mails import Mail
from interview.sealing import Place, SealingKey


@dataclass(frozen=True, slots=True)
class SealedMail:
    """`outline` is the mail without its token."""

    outline: Mail
    candidate: CandidateId
    sealed_link: bytes | None


def seal_link(key: SealingKey, tenant: TenantId, mail: MailId, token: str) -> bytes:
    return key.seal(token.encode(), _place(tenant, mail))


def open_mail(key: SealingKey, tenant: TenantId, sealed: SealedMail) -> Mail:
    """Raises `Sealed`."""
    if sealed.sealed_link is None:
        return sealed.outline
    token = key.open(sealed.sealed_link, _place(tenant, sealed.outline.mail_id)).decode()
    return replace(sealed.outline, token=token)


def _place(tenant: TenantId, mail: MailId) -> Place:
    return Place(tenant, "mails", str(mail), "link")
