# Generated from docs/openapi.json by `make docs`.
"""Every call of the API, one method each, to be awaited."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from vivavoce_client.base import LENIENT
from vivavoce_client.generated.models import *
from vivavoce_client.transport import AsyncTransport, ServerEvent, ask


class AsyncVivavoce(AsyncTransport):
    """The API; `token` is an API key or a candidate's access token."""

    async def create_job(self, body: JobBody, *, idempotency_key: str | None = None) -> JobView:
        """Create a position."""
        return await self._json(
            ask(
                "POST",
                "/v1/jobs",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            JobView,
        )

    async def list_jobs(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        created_since: datetime | None = None,
        created_before: datetime | None = None,
        sort: Annotated[Sort | str, LENIENT] | None = None,
        title: str | None = None,
    ) -> JobPage:
        """List positions."""
        return await self._json(
            ask(
                "GET",
                "/v1/jobs",
                query={
                    "limit": limit,
                    "after": after,
                    "created_since": created_since,
                    "created_before": created_before,
                    "sort": sort,
                    "title": title,
                },
            ),
            JobPage,
        )

    async def get_job(self, job_id: UUID, *, if_none_match: str | None = None) -> JobView:
        """Get a position."""
        return await self._json(
            ask("GET", "/v1/jobs/{}", job_id, headers={"If-None-Match": if_none_match}), JobView
        )

    async def update_job(self, job_id: UUID, body: JobBody, *, if_match: str) -> JobView:
        """Replace a position."""
        return await self._json(
            ask("PUT", "/v1/jobs/{}", job_id, headers={"If-Match": if_match}, body=body), JobView
        )

    async def create_kit(self, body: KitBody, *, idempotency_key: str | None = None) -> KitView:
        """Create a draft kit.

        A draft may still lack anchors or cover no question; publishing checks that."""
        return await self._json(
            ask(
                "POST",
                "/v1/kits",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            KitView,
        )

    async def list_kits(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        created_since: datetime | None = None,
        created_before: datetime | None = None,
        sort: Annotated[Sort | str, LENIENT] | None = None,
        job_id: UUID | None = None,
        published: bool | None = None,
    ) -> KitPage:
        """List kits, drafts and published ones."""
        return await self._json(
            ask(
                "GET",
                "/v1/kits",
                query={
                    "limit": limit,
                    "after": after,
                    "created_since": created_since,
                    "created_before": created_before,
                    "sort": sort,
                    "job_id": job_id,
                    "published": published,
                },
            ),
            KitPage,
        )

    async def get_kit(self, kit_id: UUID, *, if_none_match: str | None = None) -> KitView:
        """Get a kit."""
        return await self._json(
            ask("GET", "/v1/kits/{}", kit_id, headers={"If-None-Match": if_none_match}), KitView
        )

    async def update_kit(self, kit_id: UUID, body: KitBody, *, if_match: str) -> KitView:
        """Replace a draft.

        A published kit does not change."""
        return await self._json(
            ask("PUT", "/v1/kits/{}", kit_id, headers={"If-Match": if_match}, body=body), KitView
        )

    async def delete_kit(self, kit_id: UUID, *, if_match: str) -> None:
        """Delete a draft.

        A published kit stays: interviews rest on it."""
        await self._send(ask("DELETE", "/v1/kits/{}", kit_id, headers={"If-Match": if_match}))

    async def publish_kit(
        self, kit_id: UUID, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> PublishedKit:
        """Freeze a draft as the next version of its job's kit.

        Each competency needs a question and an anchor per level, and the questions must fit the
        minutes. The refusal lists every gap. A competency without indicators is no gap but among the
        `warnings`: the bundled rater cannot score it, only a model or a person can."""
        return await self._json(
            ask(
                "POST",
                "/v1/kits/{}/publish",
                kit_id,
                headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
                creates=True,
            ),
            PublishedKit,
        )

    async def list_starter_kits(self) -> StarterLibrary:
        """List the starter library."""
        return await self._json(ask("GET", "/v1/starter-kits"), StarterLibrary)

    async def get_starter_kit(self, starter: str) -> StarterView:
        """Get a starter kit."""
        return await self._json(ask("GET", "/v1/starter-kits/{}", starter), StarterView)

    async def copy_kit(self, body: DraftBody, *, idempotency_key: str | None = None) -> KitView:
        """Make a draft from a version, from another draft, or from a starter kit."""
        return await self._json(
            ask(
                "POST",
                "/v1/kits/drafts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            KitView,
        )

    async def list_kit_versions(
        self, job_id: UUID, *, limit: int | None = None, after: int | None = None
    ) -> VersionPage:
        """List the versions of a job's kit."""
        return await self._json(
            ask("GET", "/v1/jobs/{}/kit-versions", job_id, query={"limit": limit, "after": after}),
            VersionPage,
        )

    async def compare_kits(self, kit_id: UUID, *, base: UUID) -> DiffView:
        """See what was changed to come from one kit to another.

        Both may be drafts or versions, of one job or of two. Competencies and questions are told by
        their keys."""
        return await self._json(
            ask("GET", "/v1/kits/{}/diff", kit_id, query={"base": base}), DiffView
        )

    async def export_kit(self, kit_id: UUID) -> str:
        """Take a kit out as YAML.

        The same text can be sent to create a kit or to replace a draft."""
        return await self._text(ask("GET", "/v1/kits/{}/export", kit_id))

    async def rehearse_kit(self, kit_id: UUID) -> RehearsalView:
        """Hold a mock interview with a kit, published or not.

        The interviewer comes into the room of the answer and asks what the kit says now. It is no
        interview: nothing that is said is recorded, stored or scored, and no list shows it. A repeat
        opens another room."""
        return await self._json(ask("POST", "/v1/kits/{}/rehearsals", kit_id), RehearsalView)

    async def create_candidate(
        self, body: CandidateBody, *, idempotency_key: str | None = None
    ) -> CandidateView:
        """Create a candidate."""
        return await self._json(
            ask(
                "POST",
                "/v1/candidates",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            CandidateView,
        )

    async def list_candidates(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        created_since: datetime | None = None,
        created_before: datetime | None = None,
        sort: Annotated[Sort | str, LENIENT] | None = None,
    ) -> CandidatePage:
        """List candidates."""
        return await self._json(
            ask(
                "GET",
                "/v1/candidates",
                query={
                    "limit": limit,
                    "after": after,
                    "created_since": created_since,
                    "created_before": created_before,
                    "sort": sort,
                },
            ),
            CandidatePage,
        )

    async def get_candidate(
        self, candidate_id: UUID, *, if_none_match: str | None = None
    ) -> CandidateView:
        """Get a candidate."""
        return await self._json(
            ask("GET", "/v1/candidates/{}", candidate_id, headers={"If-None-Match": if_none_match}),
            CandidateView,
        )

    async def update_candidate(
        self, candidate_id: UUID, body: CandidateBody, *, if_match: str
    ) -> CandidateView:
        """Replace what is known of a candidate."""
        return await self._json(
            ask(
                "PUT", "/v1/candidates/{}", candidate_id, headers={"If-Match": if_match}, body=body
            ),
            CandidateView,
        )

    async def create_interview(
        self, body: InterviewBody, *, idempotency_key: str | None = None
    ) -> InvitedInterview:
        """Invite a candidate to an interview."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            InvitedInterview,
        )

    async def list_interviews(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        created_since: datetime | None = None,
        created_before: datetime | None = None,
        job_id: UUID | None = None,
        kit_id: UUID | None = None,
        candidate_id: UUID | None = None,
        state: list[Annotated[State | str, LENIENT]] | None = None,
        starts_since: datetime | None = None,
        starts_before: datetime | None = None,
        accommodations: Literal["waiting"] | None = None,
        sort: Annotated[InterviewSort | str, LENIENT] | None = None,
    ) -> InterviewPage:
        """List interviews."""
        return await self._json(
            ask(
                "GET",
                "/v1/interviews",
                query={
                    "limit": limit,
                    "after": after,
                    "created_since": created_since,
                    "created_before": created_before,
                    "job_id": job_id,
                    "kit_id": kit_id,
                    "candidate_id": candidate_id,
                    "state": state,
                    "starts_since": starts_since,
                    "starts_before": starts_before,
                    "accommodations": accommodations,
                    "sort": sort,
                },
            ),
            InterviewPage,
        )

    async def get_interview(
        self, interview_id: UUID, *, if_none_match: str | None = None
    ) -> InterviewView:
        """Get an interview."""
        return await self._json(
            ask("GET", "/v1/interviews/{}", interview_id, headers={"If-None-Match": if_none_match}),
            InterviewView,
        )

    async def invite_again(
        self,
        interview_id: UUID,
        body: LinkBody | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> InvitationView:
        """Make a new link, for another device or after the first one expired.

        Links that were not used yet end. A candidate who is inside stays until the new one is used.
        After the interview the link leads to the candidate's own words; no mail is written then."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/invitations",
                interview_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            InvitationView,
        )

    async def list_invitations(self, interview_id: UUID) -> LinksView:
        """List the links that were made, without their tokens."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/invitations", interview_id), LinksView
        )

    async def export_interviews(
        self,
        job_id: UUID,
        *,
        state: list[Annotated[State | str, LENIENT]] | None = None,
        created_since: datetime | None = None,
        created_before: datetime | None = None,
    ) -> str:
        """Take the interviews of a job out as CSV.

        One row each, oldest first, in UTF-8 as RFC 4180 says: interview_id, candidate_id, name, email,
        state, kit_version, created_at, starts_at, expires_at, started_at, ended_at, score, coverage,
        decision, reason_code, rater, rater_version, model, kit_id. `score` and `coverage` are those of
        the latest scorecard by a program, which `rater`, `rater_version` and `model` name: only scores
        by the same rater, on the same kit_id and kit_version, compare.
        Who was erased has no name; who rates blind finds neither score nor decision before they have
        rated. Words that a spreadsheet would run as a formula have an apostrophe in front. A table of
        more than 2000 rows is refused with `limit_reached`: ask for a part of it."""
        return await self._text(
            ask(
                "GET",
                "/v1/jobs/{}/interviews.csv",
                job_id,
                query={
                    "state": state,
                    "created_since": created_since,
                    "created_before": created_before,
                },
            )
        )

    async def bulk_invite(self, body: BulkBody, *, idempotency_key: str | None = None) -> BulkView:
        """Invite up to 500 candidates at once.

        Whoever is not known yet becomes a candidate. A row that is refused says why and holds up
        nobody; with `atomic` nothing happens unless every row is fine, and the refusal lists all that
        is wrong. A repeat with the same `Idempotency-Key` invites nobody twice."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/bulk",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            BulkView,
        )

    async def reschedule_interview(
        self,
        interview_id: UUID,
        body: RescheduleBody,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> InterviewView:
        """Agree on another time.

        For an interview that waits, or that was missed: that one is invited again, and asks for consent
        again. The link that was sent goes on to work until the new end."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/reschedule",
                interview_id,
                headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            InterviewView,
        )

    async def extend_interview(
        self,
        interview_id: UUID,
        body: ExtendBody,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> InterviewView:
        """Give more time, also to an interview that was begun or missed."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/extend",
                interview_id,
                headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            InterviewView,
        )

    async def cancel_interview(
        self,
        interview_id: UUID,
        body: CancelBody,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> InterviewView:
        """Call an interview off, or stop it at once.

        Its links and sessions end. Of one that runs the room is closed: the agent and the candidate are
        out of it within a moment."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/cancel",
                interview_id,
                headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            InterviewView,
        )

    async def withdraw_invitation(
        self, interview_id: UUID, invitation_id: UUID, *, idempotency_key: str | None = None
    ) -> LinkView:
        """End a link.

        If it was used, the session that it opened ends with it, and whoever is inside has to leave the
        room. The interview itself waits on; make a new link for it."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/invitations/{}/withdraw",
                interview_id,
                invitation_id,
                headers={"Idempotency-Key": idempotency_key},
                creates=True,
            ),
            LinkView,
        )

    async def list_mails(self, interview_id: UUID) -> MailsView:
        """List the mails to the candidate: sent, on their way, failed, or not needed any more.

        One whose links were withdrawn, and what an interview's change has made needless, is `dropped`."""
        return await self._json(ask("GET", "/v1/interviews/{}/mails", interview_id), MailsView)

    async def get_accommodations(self, interview_id: UUID) -> AccommodationsView:
        """See what a candidate is given, and what they asked for.

        Whoever sets interviews up may; it stands in no event, transcript or scorecard. Who finds any
        does not rate this interview from then on, and who has rated it is refused (`has_rated`)."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/accommodations", interview_id), AccommodationsView
        )

    async def change_accommodations(
        self, interview_id: UUID, body: AccommodationsChanges
    ) -> AccommodationsView:
        """Give a candidate more time, breaks or longer silences, before the interview starts.

        Questions, their order and the number of probes stay those of everybody. It answers what the
        candidate asked for, also when nothing is changed. Whoever gives them does not rate this
        interview."""
        return await self._json(
            ask("PATCH", "/v1/interviews/{}/accommodations", interview_id, body=body),
            AccommodationsView,
        )

    async def request_accommodations(
        self, body: RequestBody, *, x_interview_id: str | None = None
    ) -> None:
        """Ask for accommodations before the interview; what was asked before is replaced.

        Who sets interviews up reads it; it is no part of what is judged. Webhooks hear
        `interview.requested`."""
        await self._send(
            ask(
                "POST",
                "/v1/candidate/accommodations",
                headers={"X-Interview-Id": x_interview_id},
                body=body,
            )
        )

    async def get_own_accommodations(
        self, *, x_interview_id: str | None = None
    ) -> AccommodationsView:
        """See what one has asked for, and what one is given."""
        return await self._json(
            ask("GET", "/v1/candidate/accommodations", headers={"X-Interview-Id": x_interview_id}),
            AccommodationsView,
        )

    async def join_room(self, interview_id: UUID, body: SeatBody | None = None) -> JoinedView:
        """Come into the room of an interview, as an interviewer or an observer.

        Up to five interviewers fit. A member comes in person, or by a key of their own. The newest
        connection takes the place of an older one. Who loses the right to it leaves the room at once,
        as does who came by a session or a key that ends."""
        return await self._json(
            ask("POST", "/v1/interviews/{}/join", interview_id, body=body), JoinedView
        )

    async def set_floor(self, interview_id: UUID, body: FloorBody) -> FloorView:
        """Take the floor, give it to the AI, or let it rest.

        While a person holds it, the AI is silent and writes down what is said. Nobody takes it from a
        colleague who is in the room. Once the AI leads again, it goes on after what was `covered`."""
        return await self._json(
            ask("POST", "/v1/interviews/{}/floor", interview_id, body=body), FloorView
        )

    async def list_calls(self) -> CallsView:
        """List interviews in which the AI wants a person now, and whether you are on call.

        One is listed until a person takes its floor, or it is over. Those who are on call see it at the
        desk; the webhook `interview.relief_wanted` names them."""
        return await self._json(ask("GET", "/v1/calls"), CallsView)

    async def get_transcript(
        self,
        interview_id: UUID,
        *,
        version: Annotated[Literal["original", "corrected"] | str, LENIENT] | None = None,
        marks: bool | None = None,
    ) -> TranscriptView:
        """Read who said what, when.

        It grows while the interview goes on. `spoken` of the corrected version is what is rated."""
        return await self._json(
            ask(
                "GET",
                "/v1/interviews/{}/transcript",
                interview_id,
                query={"version": version, "marks": marks},
            ),
            TranscriptView,
        )

    async def correct_turn(
        self,
        interview_id: UUID,
        turn_id: UUID,
        body: CorrectionBody,
        *,
        idempotency_key: str | None = None,
    ) -> CorrectedView:
        """Correct what was recognised.

        Only with words that a person heard in the recording. Both versions are kept, with who corrected
        and why; the interview is scored again, on the corrected words."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/turns/{}/corrections",
                interview_id,
                turn_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            CorrectedView,
        )

    async def file_turn(
        self,
        interview_id: UUID,
        turn_id: UUID,
        body: FilingBody,
        *,
        idempotency_key: str | None = None,
    ) -> FiledView:
        """Say which core question a turn belongs to.

        For what a person asked and the room did not know, or filed otherwise. Both are kept, with who
        filed and why; parity counts it, and the interview is scored again."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/turns/{}/filings",
                interview_id,
                turn_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            FiledView,
        )

    async def list_scorecards(self, interview_id: UUID) -> ScorecardsView:
        """Read the scorecards with their evidence.

        A member of a role that rates blind sees them once their own is among them."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/scorecards", interview_id), ScorecardsView
        )

    async def get_recording(
        self, interview_id: UUID, *, Range: str | None = None, if_range: str | None = None
    ) -> bytes:
        """Listen to the recording.

        One Ogg/Opus file on the clock of the transcript: the candidate on the left, everybody else on
        the right. A `Range` gives a part of it.

        Of a stretch of more than a minute in which nobody was recorded only the first five seconds are
        in the file: `Recording-Cuts` names each stretch that is left out, as `125000;length=36000000`
        (where it begins on the clock and how long it is, in ms; a list as in RFC 8941). A moment of
        the transcript is in the file earlier by the lengths of all cuts before."""
        return await self._bytes(
            ask(
                "GET",
                "/v1/interviews/{}/recording",
                interview_id,
                headers={"Range": Range, "If-Range": if_range},
            )
        )

    async def create_recording_url(self, interview_id: UUID) -> RecordingLink:
        """Make a link to the recording, for a player that has no key.

        It is good for five minutes and for nothing else, and needs no further proof: hand it to the
        person who asked for it alone. It ends with the session or the key that made it."""
        return await self._json(
            ask("POST", "/v1/interviews/{}/recording/url", interview_id), RecordingLink
        )

    async def play_recording(
        self,
        interview_id: UUID,
        *,
        by: str,
        expires: int,
        signature: str,
        Range: str | None = None,
        if_range: str | None = None,
    ) -> bytes:
        """Listen by a link."""
        return await self._bytes(
            ask(
                "GET",
                "/v1/recordings/{}",
                interview_id,
                query={"by": by, "expires": expires, "signature": signature},
                headers={"Range": Range, "If-Range": if_range},
            )
        )

    async def create_rating(
        self, interview_id: UUID, body: RatingBody, *, idempotency_key: str | None = None
    ) -> RatedView:
        """Rate an interview yourself.

        The form is the machine's: each competency has a level that rests on verbatim words of the
        candidate, or says why it has none. A card never changes; who thinks again makes another. Who
        knows what the candidate was given (`GET …/accommodations`) leaves it to others."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/ratings",
                interview_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            RatedView,
        )

    async def get_report(self, interview_id: UUID) -> Report:
        """Read the report of an interview that is over.

        Evidence before scores, what was not assessed and why, what the scores were made from, and how
        a candidate contests them."""
        return await self._json(ask("GET", "/v1/interviews/{}/report", interview_id), Report)

    async def get_report_document(
        self, interview_id: UUID, *, language: str | None = None
    ) -> bytes:
        """Take the report out as PDF, which a screen reader reads as it is seen.

        As long as nothing changes it is the same file, byte for byte."""
        return await self._bytes(
            ask("GET", "/v1/interviews/{}/report.pdf", interview_id, query={"language": language})
        )

    async def make_decision(
        self, interview_id: UUID, body: DecisionBody, *, idempotency_key: str | None = None
    ) -> DecidedView:
        """Decide on a candidate.

        A member decides in their own name. A key decides nothing: it passes on what `person` has
        decided. There is one decision, and nothing follows it."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/decision",
                interview_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            DecidedView,
        )

    async def get_decision(self, interview_id: UUID) -> StandingView:
        """Read the decision.

        A member of a role that rates blind sees it once they have rated."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/decision", interview_id), StandingView
        )

    async def create_note(
        self, interview_id: UUID, body: NoteBody, *, idempotency_key: str | None = None
    ) -> NotedView:
        """Write something down, or mark a moment.

        Only people of the tenant read it: no candidate, no agent, no rater. It is erased with the
        interview."""
        return await self._json(
            ask(
                "POST",
                "/v1/interviews/{}/notes",
                interview_id,
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            NotedView,
        )

    async def list_notes(
        self, interview_id: UUID, *, limit: int | None = None, after: str | None = None
    ) -> NotePage:
        """Read the notes.

        A member of a role that rates blind sees their own until they have rated: a page may hold fewer
        than `limit` then."""
        return await self._json(
            ask(
                "GET",
                "/v1/interviews/{}/notes",
                interview_id,
                query={"limit": limit, "after": after},
            ),
            NotePage,
        )

    async def delete_note(self, interview_id: UUID, note_id: UUID) -> None:
        """Delete a note, for ever.

        Whoever wrote it may, and who may give the role of an admin. The audit trail keeps that it was
        deleted and by whom, not its words."""
        await self._send(ask("DELETE", "/v1/interviews/{}/notes/{}", interview_id, note_id))

    async def list_requests(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        sort: Annotated[Sort | str, LENIENT] | None = None,
        interview_id: UUID | None = None,
        kind: Annotated[
            Literal["transcript", "access", "correction", "erasure", "human_review", "other"] | str,
            LENIENT,
        ]
        | None = None,
        state: Annotated[Literal["open", "answered"] | str, LENIENT] | None = None,
    ) -> RequestPage:
        """List what candidates ask for.

        Each is to be answered until `answer_by`. How others answered what may tell of a judgement is
        shown to whoever rates blind once they have rated."""
        return await self._json(
            ask(
                "GET",
                "/v1/requests",
                query={
                    "limit": limit,
                    "after": after,
                    "sort": sort,
                    "interview_id": interview_id,
                    "kind": kind,
                    "state": state,
                },
            ),
            RequestPage,
        )

    async def answer_request(self, request_id: UUID, body: AnswerBody) -> RequestView:
        """Answer a candidate, once.

        Other words for a turn are granted by correcting it, with this `request_id`. Answering does not
        do what was asked for: send the copy, correct or erase the data yourself. The candidate is
        written that there is an answer, unless the tenant writes no mails."""
        return await self._json(
            ask("POST", "/v1/requests/{}/answer", request_id, body=body), RequestView
        )

    async def get_feedback(self, interview_id: UUID) -> FeedbackView:
        """Read what the candidate thought of the interview, once it was decided."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/feedback", interview_id), FeedbackView
        )

    async def list_proposals(self, interview_id: UUID) -> ProposalPage:
        """List the words that the candidate says were heard wrongly, for whoever reads the answers."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/proposals", interview_id), ProposalPage
        )

    async def list_candidate_questions(self, interview_id: UUID) -> AskedPage:
        """List what the candidate asked about the position."""
        return await self._json(
            ask("GET", "/v1/interviews/{}/candidate_questions", interview_id), AskedPage
        )

    async def get_agreement(self, job_id: UUID, *, last: int | None = None) -> AgreementView:
        """See how far raters agree.

        Of a person the first card on an interview counts, of a program the last. Intervals are
        bootstrapped over interviews; the same ratings always give the same ones."""
        return await self._json(
            ask("GET", "/v1/jobs/{}/agreement", job_id, query={"last": last}), AgreementView
        )

    async def get_raters(self, job_id: UUID, *, last: int | None = None) -> RatersView:
        """See how each rater stands to the others.

        Who is more lenient, more severe, less steady than the others, uses less of the scale, or
        drifts."""
        return await self._json(
            ask("GET", "/v1/jobs/{}/raters", job_id, query={"last": last}), RatersView
        )

    async def get_parity(
        self, kit_id: UUID, *, limit: int | None = None, after: str | None = None
    ) -> ParityPage:
        """See whether everybody was given the same.

        Questions, their order, probes, repeats and time of each interview, counted in its log. Nothing
        in it tells who was accommodated: time is a share of one's own, and pauses, of which one may be
        a break that was given, are not counted."""
        return await self._json(
            ask("GET", "/v1/kits/{}/parity", kit_id, query={"limit": limit, "after": after}),
            ParityPage,
        )

    async def list_events(
        self,
        interview_id: UUID,
        *,
        limit: int | None = None,
        after: int | None = None,
        last_event_id: int | None = None,
    ) -> EventPage:
        """Read the event log, or follow it.

        With `Accept: text/event-stream` it streams: `id` is the `seq`, `event` the kind. A client that
        comes back with `Last-Event-ID` misses nothing; one that reads too slowly, or that may look no
        longer, is told to `resync` and closed.

        Who rates blind is told nothing of ratings and decisions before they have rated. Then they read
        from the beginning: what was withheld lies among what they know. A stream says so by a `resync`
        to 0, and is closed."""
        return await self._json(
            ask(
                "GET",
                "/v1/interviews/{}/events",
                interview_id,
                query={"limit": limit, "after": after},
                headers={"Last-Event-ID": None if last_event_id is None else str(last_event_id)},
            ),
            EventPage,
        )

    def list_events_stream(
        self,
        interview_id: UUID,
        *,
        limit: int | None = None,
        after: int | None = None,
        last_event_id: int | None = None,
    ) -> AsyncIterator[ServerEvent]:
        """Read the event log, or follow it.

        With `Accept: text/event-stream` it streams: `id` is the `seq`, `event` the kind. A client that
        comes back with `Last-Event-ID` misses nothing; one that reads too slowly, or that may look no
        longer, is told to `resync` and closed.

        Who rates blind is told nothing of ratings and decisions before they have rated. Then they read
        from the beginning: what was withheld lies among what they know. A stream says so by a `resync`
        to 0, and is closed."""
        return self._stream(
            ask(
                "GET",
                "/v1/interviews/{}/events",
                interview_id,
                query={"limit": limit, "after": after},
                headers={"Last-Event-ID": None if last_event_id is None else str(last_event_id)},
            )
        )

    async def get_usage(self, interview_id: UUID) -> UsageView:
        """See what an interview's providers did, and what that cost.

        Money is by the installation's table of prices as it was on the day. While an interview runs the
        last seconds are missing."""
        return await self._json(ask("GET", "/v1/interviews/{}/usage", interview_id), UsageView)

    async def create_webhook(
        self, body: WebhookBody, *, idempotency_key: str | None = None
    ) -> SecretWebhook:
        """Add an endpoint.

        Each event is a POST signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`,
        `webhook-signature`), with ids and states alone. Every 2xx within 15 seconds is a success;
        anything else is tried again ten times over three days. Redirects are not followed."""
        return await self._json(
            ask(
                "POST",
                "/v1/webhooks",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            SecretWebhook,
        )

    async def list_webhooks(
        self, *, limit: int | None = None, after: str | None = None
    ) -> WebhookPage:
        """List endpoints."""
        return await self._json(
            ask("GET", "/v1/webhooks", query={"limit": limit, "after": after}), WebhookPage
        )

    async def get_webhook(
        self, webhook_id: UUID, *, if_none_match: str | None = None
    ) -> WebhookView:
        """Get an endpoint and how it stands."""
        return await self._json(
            ask("GET", "/v1/webhooks/{}", webhook_id, headers={"If-None-Match": if_none_match}),
            WebhookView,
        )

    async def change_webhook(
        self, webhook_id: UUID, body: WebhookChanges, *, if_match: str
    ) -> WebhookView:
        """Change an endpoint, disable or enable it.

        While it is disabled events are held; they leave when they are sent again."""
        return await self._json(
            ask("PATCH", "/v1/webhooks/{}", webhook_id, headers={"If-Match": if_match}, body=body),
            WebhookView,
        )

    async def delete_webhook(self, webhook_id: UUID, *, if_match: str) -> None:
        """Remove an endpoint with all that was on its way to it."""
        await self._send(
            ask("DELETE", "/v1/webhooks/{}", webhook_id, headers={"If-Match": if_match})
        )

    async def rotate_webhook_secret(
        self,
        webhook_id: UUID,
        body: RotateBody,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> SecretWebhook:
        """Make a new secret.

        During the overlap there are two signatures, and a receiver that knows either secret accepts."""
        return await self._json(
            ask(
                "POST",
                "/v1/webhooks/{}/secret",
                webhook_id,
                headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            SecretWebhook,
        )

    async def list_deliveries(
        self,
        webhook_id: UUID,
        *,
        limit: int | None = None,
        after: str | None = None,
        status: Annotated[Literal["waiting", "delivered", "failed", "held"] | str, LENIENT]
        | None = None,
        since: datetime | None = None,
    ) -> DeliveryPage:
        """List what was sent to an endpoint, is on its way or was held, for a month."""
        return await self._json(
            ask(
                "GET",
                "/v1/webhooks/{}/deliveries",
                webhook_id,
                query={"limit": limit, "after": after, "status": status, "since": since},
            ),
            DeliveryPage,
        )

    async def get_delivery(self, webhook_id: UUID, event_id: UUID) -> DeliveryLog:
        """Get a delivery with the log of its tries."""
        return await self._json(
            ask("GET", "/v1/webhooks/{}/deliveries/{}", webhook_id, event_id), DeliveryLog
        )

    async def replay_delivery(self, webhook_id: UUID, event_id: UUID) -> DeliveryView:
        """Send one event once more, under its own id, whatever became of it before."""
        return await self._json(
            ask("POST", "/v1/webhooks/{}/deliveries/{}/replay", webhook_id, event_id), DeliveryView
        )

    async def replay_webhook(self, webhook_id: UUID, body: ReplayBody) -> Replayed:
        """Send again what failed or was held, up to a thousand events a call, oldest first."""
        return await self._json(
            ask("POST", "/v1/webhooks/{}/replay", webhook_id, body=body), Replayed
        )

    async def list_audit(
        self,
        *,
        limit: int | None = None,
        after: int | None = None,
        subject: str | None = None,
        sort: Annotated[AuditSort | str, LENIENT] | None = None,
    ) -> AuditPage:
        """Read the audit trail."""
        return await self._json(
            ask(
                "GET",
                "/v1/audit",
                query={"limit": limit, "after": after, "subject": subject, "sort": sort},
            ),
            AuditPage,
        )

    async def withdraw_access(self, interview_id: UUID) -> None:
        """Withdraw the candidate's access, at once.

        Links and sessions end, and the candidate leaves the room. The interview itself goes on to
        exist: a new link opens it again."""
        await self._send(ask("DELETE", "/v1/interviews/{}/access", interview_id))

    async def invite_member(self, body: MemberBody) -> InvitedMember:
        """Make somebody a member, with a link to set a password.

        Nobody gives a role that may do more than they: admins make no owners, a key only roles within
        its scopes. Who signs in with the tenant's identity provider needs no link."""
        return await self._json(ask("POST", "/v1/members", body=body), InvitedMember)

    async def list_members(
        self, *, limit: int | None = None, after: str | None = None
    ) -> MemberPage:
        """List members."""
        return await self._json(
            ask("GET", "/v1/members", query={"limit": limit, "after": after}), MemberPage
        )

    async def get_member(self, member_id: UUID) -> MemberView:
        """Get a member, also one who was removed."""
        return await self._json(ask("GET", "/v1/members/{}", member_id), MemberView)

    async def change_member(self, member_id: UUID, body: RoleBody) -> MemberView:
        """Give a member another role, or put them on call; it counts from the next call.

        Keys that come from the member and may do more than the new role are revoked. The last owner
        stays one. Who does not interview is not on call."""
        return await self._json(ask("PATCH", "/v1/members/{}", member_id, body=body), MemberView)

    async def remove_member(self, member_id: UUID) -> None:
        """Remove a member, at once.

        Their sessions, their setup links and every key that comes from them end. The last owner stays."""
        await self._send(ask("DELETE", "/v1/members/{}", member_id))

    async def invite_member_again(self, member_id: UUID) -> SetupLinkView:
        """Make a new setup link, for somebody who lost theirs or forgot the password.

        Links before it end. The password and the sessions stay until it is used."""
        return await self._json(ask("POST", "/v1/members/{}/setup-links", member_id), SetupLinkView)

    async def end_member_sessions(self, member_id: UUID) -> None:
        """Sign a member out everywhere, at once.

        They leave the rooms into which these sessions let them."""
        await self._send(ask("DELETE", "/v1/members/{}/sessions", member_id))

    async def create_key(self, body: KeyBody) -> NewKey:
        """Create an API key.

        It may do no more than who makes it, and lives no longer than the key that makes it. It ends
        when the member from whom it comes is removed or may not do so much any more. The secret is kept
        nowhere, so a repeat makes another key: revoke the one whose answer was lost."""
        return await self._json(ask("POST", "/v1/keys", body=body), NewKey)

    async def list_keys(self, *, limit: int | None = None, after: str | None = None) -> KeyPage:
        """List API keys, also those that were revoked."""
        return await self._json(
            ask("GET", "/v1/keys", query={"limit": limit, "after": after}), KeyPage
        )

    async def get_key(self, key_id: str) -> KeyView:
        """Get an API key, without its secret."""
        return await self._json(ask("GET", "/v1/keys/{}", key_id), KeyView)

    async def revoke_key(self, key_id: str) -> None:
        """Revoke an API key, for ever and at once.

        Its member leaves the rooms into which it let them."""
        await self._send(ask("DELETE", "/v1/keys/{}", key_id))

    async def create_session(self, body: SignInBody) -> SignedInView:
        """Sign in with a password.

        The session is an `HttpOnly` cookie. Calls that change something with it are taken from pages of
        this service alone, by their `Origin`. Many attempts in a row have to wait (`Retry-After`)."""
        return await self._json(ask("POST", "/v1/sessions", body=body), SignedInView)

    async def list_sessions(self) -> SessionsView:
        """List one's own sessions."""
        return await self._json(ask("GET", "/v1/sessions"), SessionsView)

    async def set_password(self, body: SetupBody) -> SignedInView:
        """Set a password with a one-time link, and sign in.

        The member's sessions before end, and let nobody stay in a room."""
        return await self._json(ask("POST", "/v1/setup", body=body), SignedInView)

    async def get_current_session(self) -> SignedInView:
        """See who is signed in."""
        return await self._json(ask("GET", "/v1/sessions/current"), SignedInView)

    async def end_current_session(self) -> None:
        """Sign out; also of the rooms into which this session let its member."""
        await self._send(ask("DELETE", "/v1/sessions/current"))

    async def end_session(self, session_id: UUID) -> None:
        """Sign out elsewhere, at once; also of rooms."""
        await self._send(ask("DELETE", "/v1/sessions/{}", session_id))

    async def get_settings(self, *, if_none_match: str | None = None) -> SettingsView:
        """See what the tenant has set for itself."""
        return await self._json(
            ask("GET", "/v1/settings", headers={"If-None-Match": if_none_match}), SettingsView
        )

    async def update_settings(self, body: SettingsChanges, *, if_match: str) -> SettingsView:
        """Change what the tenant has set for itself.

        Pages of `allowed_origins` call with a key or with a candidate's access token, never with a
        cookie. No page of an origin that is taken away reads an answer from the next call on."""
        return await self._json(
            ask("PATCH", "/v1/settings", headers={"If-Match": if_match}, body=body), SettingsView
        )

    async def get_providers(self, *, if_none_match: str | None = None) -> ProvidersView:
        """See who hears, speaks and thinks for the tenant."""
        return await self._json(
            ask("GET", "/v1/settings/providers", headers={"If-None-Match": if_none_match}),
            ProvidersView,
        )

    async def set_providers(self, body: ProvidersGiven, *, if_match: str) -> ProvidersView:
        """Say who hears, speaks and thinks for the tenant, and what an interview may cost.

        Each chain is tried in order: who fails is passed over, and comes back when it is well again.
        Keys are kept sealed and never shown. It counts from the next interview on. `llm` rates what was
        said and proposes probes for kits that want them. When the budget is used up, the interview goes
        on with the kit's own words."""
        return await self._json(
            ask("PUT", "/v1/settings/providers", headers={"If-Match": if_match}, body=body),
            ProvidersView,
        )

    async def get_sign_in(self, *, if_none_match: str | None = None) -> ProviderView:
        """See where members sign in."""
        return await self._json(
            ask("GET", "/v1/settings/sign-in", headers={"If-None-Match": if_none_match}),
            ProviderView,
        )

    async def set_sign_in(self, body: ProviderBody, *, if_match: str) -> ProviderView:
        """Let members sign in with an OpenID Connect provider.

        Its word is good for members alone, by an e-mail address that it calls verified; it makes nobody
        a member. Who sets the provider decides who is let in, so that is for owners. It is called by
        HTTPS, on port 443 or 8443 and at public addresses alone, unless the installation's operator
        lets sign-in reach further. While there is none, its tag is `"0"`."""
        return await self._json(
            ask("PUT", "/v1/settings/sign-in", headers={"If-Match": if_match}, body=body),
            ProviderView,
        )

    async def remove_sign_in(self, *, if_match: str) -> None:
        """Let members sign in with passwords alone. Sessions that are open stay so."""
        await self._send(ask("DELETE", "/v1/settings/sign-in", headers={"If-Match": if_match}))

    async def redeem_invitation(
        self, body: RedeemBody, *, idempotency_key: str | None = None
    ) -> RedeemedView:
        """Redeem a one-time link for a session.

        With a random `Idempotency-Key` the same request gives the same session for ten minutes, should
        the first answer be lost. Without that key the link stays used. A browser that has the cookie
        of the very interview comes back by any of its links; to another one's it is a stranger. Each
        interview has a cookie of its own beside that of the link which was opened last. Sessions of
        earlier links end, and who came into the room by one of them leaves it."""
        return await self._json(
            ask(
                "POST",
                "/v1/invitations/redeem",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                creates=True,
            ),
            RedeemedView,
        )

    async def get_own_interview(self, *, x_interview_id: str | None = None) -> WelcomeView:
        """See what the interview is, where it stands, and the notice.

        `X-Interview-Id` names the interview that a page shows, here and in every call of a candidate.
        Its own cookie counts then, and nothing is done in the name of another one that was opened
        since."""
        return await self._json(
            ask("GET", "/v1/candidate/interview", headers={"X-Interview-Id": x_interview_id}),
            WelcomeView,
        )

    async def answer_notice(
        self, body: ConsentBody, *, x_interview_id: str | None = None
    ) -> StateView:
        """Consent to the notice, or decline the interview."""
        return await self._json(
            ask(
                "POST",
                "/v1/candidate/consent",
                headers={"X-Interview-Id": x_interview_id},
                body=body,
            ),
            StateView,
        )

    async def join_interview(self, *, x_interview_id: str | None = None) -> JoinedView:
        """Come into the room.

        May be called again after a reload or from another device: the newest connection takes the
        place of the older one."""
        return await self._json(
            ask("POST", "/v1/candidate/join", headers={"X-Interview-Id": x_interview_id}),
            JoinedView,
        )

    async def open_check_room(self, *, x_interview_id: str | None = None) -> JoinedView:
        """Try the connection in a room of one's own.

        Nobody else comes there, nothing is recorded, and nothing of it is kept."""
        return await self._json(
            ask("POST", "/v1/candidate/check", headers={"X-Interview-Id": x_interview_id}),
            JoinedView,
        )

    async def open_practice(self, *, x_interview_id: str | None = None) -> JoinedView:
        """Practise with the interviewer, in the room for trying the connection.

        It asks one question by voice and hears the answer. Nothing of it is recorded, stored or told to
        anybody. The installation's own recogniser and voice are used."""
        return await self._json(
            ask("POST", "/v1/candidate/practice", headers={"X-Interview-Id": x_interview_id}),
            JoinedView,
        )

    async def ask_for_person(self, *, x_interview_id: str | None = None) -> StateView:
        """Ask for a person instead, before or during the interview.

        It counts against nobody: the interview is over, and the recruiter sees why."""
        return await self._json(
            ask("POST", "/v1/candidate/person", headers={"X-Interview-Id": x_interview_id}),
            StateView,
        )

    async def leave_device(self, *, x_interview_id: str | None = None) -> None:
        """Have this device forget the interview, as after the use of a shared one.

        The interview stays as it is; another link leads back to it."""
        await self._send(
            ask("DELETE", "/v1/candidate/session", headers={"X-Interview-Id": x_interview_id})
        )

    async def get_own_transcript(self, *, x_interview_id: str | None = None) -> OwnTranscript:
        """Read one's own interview, once it is over."""
        return await self._json(
            ask("GET", "/v1/candidate/transcript", headers={"X-Interview-Id": x_interview_id}),
            OwnTranscript,
        )

    async def make_request(
        self,
        body: OwnRequestBody,
        *,
        idempotency_key: str | None = None,
        x_interview_id: str | None = None,
    ) -> RequestMade:
        """Ask for one's data, for their correction or erasure, for other words in the transcript, or.

        for a person to look again.

        A person answers within 30 days. It counts against nobody, and no rater reads it."""
        return await self._json(
            ask(
                "POST",
                "/v1/candidate/requests",
                headers={"Idempotency-Key": idempotency_key, "X-Interview-Id": x_interview_id},
                body=body,
                creates=True,
            ),
            RequestMade,
        )

    async def list_own_requests(self, *, x_interview_id: str | None = None) -> OwnRequests:
        """See what one has asked for, and what was answered."""
        return await self._json(
            ask("GET", "/v1/candidate/requests", headers={"X-Interview-Id": x_interview_id}),
            OwnRequests,
        )

    async def give_feedback(self, body: FeedbackBody, *, x_interview_id: str | None = None) -> None:
        """Say what the interview was like; what was said before is replaced.

        Nobody of the tenant reads it before a decision was made."""
        await self._send(
            ask(
                "PUT",
                "/v1/candidate/feedback",
                headers={"X-Interview-Id": x_interview_id},
                body=body,
            )
        )

    async def get_own_feedback(self, *, x_interview_id: str | None = None) -> FeedbackView:
        """Read what one has said of the interview."""
        return await self._json(
            ask("GET", "/v1/candidate/feedback", headers={"X-Interview-Id": x_interview_id}),
            FeedbackView,
        )

    async def get_own_results(self, *, x_interview_id: str | None = None) -> ResultsView:
        """See how one was rated, where the tenant shares it (`shares_results`)."""
        return await self._json(
            ask("GET", "/v1/candidate/results", headers={"X-Interview-Id": x_interview_id}),
            ResultsView,
        )

    async def get_health(self) -> HealthView:
        """Say whether the process lives."""
        return await self._json(ask("GET", "/v1/health"), HealthView)

    async def get_readiness(self) -> HealthView:
        """Say whether requests can be served: the database answers and the process stays."""
        return await self._json(ask("GET", "/v1/health/ready"), HealthView)
