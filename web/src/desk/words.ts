import type { Shapes } from "../shared/api/client";

export type State = Shapes["State"];

/** Where an interview stands, in a word. */
export const STATES: Readonly<Record<State, string>> = {
  draft: "Draft",
  invited: "Invited",
  ready: "Ready",
  live: "Live",
  paused: "Paused",
  ended: "Ended",
  scored: "To review",
  decided: "Decided",
  declined: "Declined",
  expired: "Expired",
  cancelled: "Cancelled",
  human_path: "Wants a person",
};

export const STATE_HELP: Readonly<Record<State, string>> = {
  draft: "Not invited yet.",
  invited: "Has a link and has not consented yet.",
  ready: "Has read the notice and consented.",
  live: "Is held now; the live board says whether the candidate is in the room.",
  paused: "Is interrupted; the time stands still.",
  ended: "Is over; the machine’s scorecard is on its way.",
  scored: "Is over and has a scorecard; a person decides.",
  decided: "A person has decided.",
  declined: "Said no to the notice.",
  expired: "Did not come in time.",
  cancelled: "Was cancelled.",
  human_path: "Asked to be interviewed by a person.",
};

export const NOT_ASSESSED: Readonly<Record<string, string>> = {
  no_evidence: "nothing was said about it",
  disagreement: "the runs did not agree",
  too_few_runs: "too few runs gave an answer",
  transcript: "the audio was unclear",
  not_asked: "it was not asked about",
  not_filed: "a person asked about it, and the answer was not marked",
  no_indicators: "the kit has no phrases to look for",
};

export const REASONS: Readonly<Record<Shapes["DecisionBody"]["reason_code"], string>> = {
  meets_requirements: "Meets the requirements",
  below_requirements: "Below the requirements",
  not_enough_evidence: "Not enough evidence",
  position_filled: "Position filled",
  candidate_withdrew: "Candidate withdrew",
  other: "Other",
};

export const CANCELLED: Readonly<Record<Shapes["CancelBody"]["reason"], string>> = {
  candidate_withdrew: "The candidate withdrew",
  position_filled: "The position is filled",
  duplicate: "It was created twice",
  scheduling: "No time was found",
  other: "Another reason",
};

export const ROLES: Readonly<Record<Shapes["Role"], string>> = {
  owner: "Owner",
  admin: "Administrator",
  recruiter: "Recruiter",
  interviewer: "Interviewer",
  reviewer: "Reviewer",
  auditor: "Auditor",
};

export type Assist = Shapes["InterviewView"]["assist_mode"];

/** Who leads an interview, as it was agreed on with the invitation. */
export const WHO_LEADS: Readonly<Record<Assist, string>> = {
  ai_leads: "The AI",
  human_leads: "A person, the AI at their side",
  alternating: "In turns, by sections",
};

export const WHO_LEADS_HELP: Readonly<Record<Assist, string>> = {
  ai_leads: "People may look on, and take the floor whenever they like.",
  human_leads: "The AI says nothing until it is handed the floor or asked to say something; it writes along, and prompts whoever leads.",
  alternating: "The AI and a person, each the sections of the kit that are theirs.",
};

export const TROUBLES: Readonly<Record<NonNullable<Shapes["MailView"]["trouble"]>, string>> = {
  refused: "the mail server would not take it",
  address: "nobody can be written to at this address",
  not_configured: "this service is not set up to send mail",
  busy: "the mail server was busy",
  unreachable: "the mail server could not be reached",
  timeout: "the mail server took too long",
  unanswered: "the mail server did not say whether it took it",
  tls: "no safe connection to the mail server",
  login: "the mail server did not let us in",
  folder: "the file could not be written",
  erased: "the candidate was erased",
  overtaken: "what happened meanwhile made it needless",
  late: "it was of no use any more",
};
