"""What a tenant sets for itself: whose pages may call, mail, and in which time it lives."""

from dataclasses import replace
from typing import Annotated
from zoneinfo import available_timezones

from interview.accounts import Role
from interview.blind import MAY_BE_BLIND
from interview.kit import Frozen, Mismatch
from interview.tenant_settings import MOST_ORIGINS, TenantSettings, is_web_origin
from interview.use_cases import tenant_settings
from pydantic import AfterValidator, ConfigDict, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation

TIME_ZONES = available_timezones() - {"localtime", "Factory"}
"""Read once, for that is a walk through a folder. What is left out is no zone of IANA's."""


def _web_origin(text: str) -> str:
    if not is_web_origin(text):
        raise ValueError(
            "expected an origin as browsers send it: https://host or https://host:port, lower case,"
            " nothing behind it (http:// for this machine alone)"
        )
    return text


def _each_once(origins: tuple[str, ...]) -> tuple[str, ...]:
    twice = [(str(at), "Expected once.") for at, each in enumerate(origins) if each in origins[:at]]
    if twice:
        raise Mismatch(twice)
    return origins


def _may_be_blind(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    wrong = [
        (str(at), f"Expected each once, of {', '.join(sorted(MAY_BE_BLIND))}.")
        for at, role in enumerate(roles)
        if role not in MAY_BE_BLIND or role in roles[:at]
    ]
    if wrong:
        raise Mismatch(wrong)
    return tuple(sorted(roles))


def _time_zone(name: str) -> str:
    if name not in TIME_ZONES:
        raise ValueError("expected a time zone of the IANA database, such as Europe/Berlin")
    return name


Origin = Annotated[str, Field(max_length=300), AfterValidator(_web_origin)]
Origins = Annotated[tuple[Origin, ...], Field(max_length=MOST_ORIGINS), AfterValidator(_each_once)]
BlindRoles = Annotated[tuple[Role, ...], AfterValidator(_may_be_blind)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_time_zone)]
Mailbox = Annotated[
    str, Field(max_length=254, pattern=r"^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)*$")
]
"""One address, and nothing that a mail's header would read as more."""


class MailSettingsView(Frozen):
    """Whether candidates are written to, and where their answers go."""

    send: bool
    reply_to: str | None


class SettingsView(Frozen):
    """Pages of `allowed_origins` may call the API from a browser; times in mails are of
    `time_zone`; members of `blind_roles` see what others judged once they have rated themselves;
    with `shares_results` candidates see how they were rated, once a person has decided. Hidden
    observers are let into rooms where `observers_may_hide`, for which the notice has to say so; a
    floor whose holder is gone returns to the AI `floor_returns_after_s`. A person who is to lead is
    waited for `interviewer_awaited_s`; then the candidate is told, and webhooks are. So it is where
    people are in the room and none of them leads."""

    allowed_origins: tuple[str, ...]
    mail: MailSettingsView
    time_zone: str
    blind_roles: tuple[Role, ...]
    shares_results: bool
    observers_may_hide: bool
    floor_returns_after_s: int
    interviewer_awaited_s: int

    @classmethod
    def of(cls, settings: TenantSettings) -> "SettingsView":
        return cls(
            allowed_origins=settings.allowed_origins,
            mail=MailSettingsView(send=settings.sends_mail, reply_to=settings.reply_to),
            time_zone=settings.time_zone,
            blind_roles=settings.blind_roles,
            shares_results=settings.shares_results,
            observers_may_hide=settings.observers_may_hide,
            floor_returns_after_s=settings.floor_returns_after_s,
            interviewer_awaited_s=settings.interviewer_awaited_s,
        )


class MailChanges(Frozen):
    """What is left out stays; null for `reply_to` takes it away."""

    send: bool | None = None
    reply_to: Mailbox | None = None


class SettingsChanges(Frozen):
    """What is left out stays as it is; lists are replaced as a whole."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"allowed_origins": ["https://careers.example"], "time_zone": "Europe/Berlin"}
            ]
        }
    )

    allowed_origins: Origins | None = None
    mail: MailChanges | None = None
    time_zone: TimeZone | None = None
    blind_roles: BlindRoles | None = None
    shares_results: bool | None = None
    observers_may_hide: bool | None = None
    floor_returns_after_s: Annotated[int, Field(ge=5, le=600)] | None = None
    interviewer_awaited_s: Annotated[int, Field(ge=15, le=1800)] | None = None

    def onto(self, settings: TenantSettings) -> TenantSettings:
        """The settings with these changes."""
        changed = settings
        if self.allowed_origins is not None:
            changed = replace(changed, allowed_origins=self.allowed_origins)
        if self.time_zone is not None:
            changed = replace(changed, time_zone=self.time_zone)
        if self.blind_roles is not None:
            changed = replace(changed, blind_roles=self.blind_roles)
        if self.shares_results is not None:
            changed = replace(changed, shares_results=self.shares_results)
        if self.observers_may_hide is not None:
            changed = replace(changed, observers_may_hide=self.observers_may_hide)
        if self.floor_returns_after_s is not None:
            changed = replace(changed, floor_returns_after_s=self.floor_returns_after_s)
        if self.interviewer_awaited_s is not None:
            changed = replace(changed, interviewer_awaited_s=self.interviewer_awaited_s)
        if self.mail is not None and self.mail.send is not None:
            changed = replace(changed, sends_mail=self.mail.send)
        if self.mail is not None and "reply_to" in self.mail.model_fields_set:
            changed = replace(changed, reply_to=self.mail.reply_to)
        return changed


@operation("GET", "/v1/settings", STAFF, tag="settings", revised=lambda tx: tx.settings)
async def get_settings(call: Call, caller: Staff) -> SettingsView:
    """See what the tenant has set for itself."""
    return SettingsView.of(await tenant_settings.get_settings(call.world, caller.tenant))


@operation("PATCH", "/v1/settings", STAFF, tag="settings", revised=lambda tx: tx.settings)
async def update_settings(call: Call, caller: Staff, body: SettingsChanges) -> SettingsView:
    """Change what the tenant has set for itself.

    Pages of `allowed_origins` call with a key or with a candidate's access token, never with a
    cookie. No page of an origin that is taken away reads an answer from the next call on.
    """
    before, now = await tenant_settings.change_settings(call.world, caller.tenant, body.onto)
    if fields := _changed(before, now):
        call.told["fields"] = ",".join(fields)
    return SettingsView.of(now)


def _changed(before: TenantSettings, now: TenantSettings) -> tuple[str, ...]:
    """The fields that are others now, without what stands in them."""
    held = {
        "allowed_origins": before.allowed_origins != now.allowed_origins,
        "blind_roles": before.blind_roles != now.blind_roles,
        "floor_returns_after_s": before.floor_returns_after_s != now.floor_returns_after_s,
        "interviewer_awaited_s": before.interviewer_awaited_s != now.interviewer_awaited_s,
        "mail.reply_to": before.reply_to != now.reply_to,
        "mail.send": before.sends_mail != now.sends_mail,
        "observers_may_hide": before.observers_may_hide != now.observers_may_hide,
        "shares_results": before.shares_results != now.shares_results,
        "time_zone": before.time_zone != now.time_zone,
    }
    return tuple(name for name, differs in held.items() if differs)


OPERATIONS = (get_settings, update_settings)
