import { queryOptions } from "@tanstack/react-query";
import type { Shapes } from "../../shared/api/client";
import { ask, AT_ONCE } from "../names";

type Entry = Shapes["AuditView"];

/** What a change was made to; those with a name that GraphQL knows come first. */
const DONE_TO = {
  interview: [
    "create_interview", "change_accommodations", "request_accommodations", "invite_again", "withdraw_invitation", "reschedule_interview",
    "extend_interview", "cancel_interview", "join_room", "set_floor", "create_note", "delete_note", "correct_turn", "file_turn", "create_rating",
    "score_again", "make_decision", "create_recording_url", "withdraw_access", "give_feedback",
  ],
  kit: ["create_kit", "copy_kit", "update_kit", "delete_kit", "publish_kit", "rehearse_kit"],
  job: ["create_job", "update_job"],
  candidate: ["create_candidate", "update_candidate"],
  member: ["invite_member", "invite_member_again", "change_member", "remove_member", "end_member_sessions", "create_session", "set_password"],
  key: ["create_key", "revoke_key"],
  webhook: ["create_webhook", "change_webhook", "delete_webhook", "rotate_webhook_secret", "replay_delivery", "replay_webhook"],
  request: ["make_request", "answer_request"],
} as const;

export type Kind = keyof typeof DONE_TO;

const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(DONE_TO).flatMap(([kind, actions]) => actions.map((action): [string, Kind] => [action, kind as Kind])),
);

/** Null for what stands for itself, such as settings, and for what this page does not know. */
export function kindOf(entry: Entry): Kind | null {
  return KINDS.get(entry.action) ?? null;
}

/** What a thing is called: `more` tells it from others of the same name. */
export interface Title {
  /** Null for what was erased, or may not be seen. */
  name: string | null;
  more: string;
}

type Titled = "interview" | "kit" | "job" | "candidate";

interface Found {
  /** Of a kit or of a candidate. */
  name?: string;
  version?: number | null;
  title?: string;
  candidate?: { name: string } | null;
  kit?: { job: { title: string } | null } | null;
}

/** One brace for each in the question: GraphQL counts them. */
const FRAGMENTS: Readonly<Record<Titled, string>> = {
  interview: "fragment OfInterview on Interview { candidate { name } kit { job { title } } }",
  kit: "fragment OfKit on Kit { name version }",
  job: "fragment OfJob on Job { title }",
  candidate: "fragment OfCandidate on Candidate { name }",
};
const SPREADS: Readonly<Record<Titled, string>> = { interview: "OfInterview", kit: "OfKit", job: "OfJob", candidate: "OfCandidate" };

function titleOf(kind: Titled, found: Found): Title {
  switch (kind) {
    case "interview":
      return { name: found.candidate?.name ?? null, more: found.kit?.job?.title ?? "" };
    case "kit":
      return { name: found.name ?? null, more: found.version == null ? "draft" : `v${found.version}` };
    case "job":
    case "candidate":
      return { name: found.title ?? found.name ?? null, more: "" };
  }
}

/** Of whatever a page of the trail is about, by id, in a few questions; what is gone, or may not be seen, is not among them. */
export function titlesQuery(entries: readonly Entry[]) {
  const asked = askedIn(entries);
  return queryOptions({
    queryKey: ["titles", ...asked.keys()],
    enabled: asked.size > 0,
    staleTime: 60_000,
    queryFn: async (): Promise<ReadonlyMap<string, Title>> => {
      const all = [...asked];
      const parts = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
      return new Map((await Promise.all(parts.map(titlesOf))).flat());
    },
  });
}

function askedIn(entries: readonly Entry[]): ReadonlyMap<string, Titled> {
  const found = new Map<string, Titled>();
  for (const entry of entries) {
    const kind = kindOf(entry);
    if (kind !== null && kind in FRAGMENTS) found.set(entry.subject, kind as Titled);
    // A candidate acts by their interview.
    if (entry.actor_kind === "candidate") found.set(entry.actor, "interview");
  }
  return found;
}

async function titlesOf(asked: readonly (readonly [string, Titled])[]): Promise<[string, Title][]> {
  const fields = asked.map(([id, kind], n) => `t${n}: ${kind}(id: ${JSON.stringify(id)}) { ...${SPREADS[kind]} }`);
  const fragments = [...new Set(asked.map(([, kind]) => FRAGMENTS[kind]))];
  const data = await ask<Record<string, Found | null>>(`{ ${fields.join("\n")} } ${fragments.join("\n")}`);
  return asked.flatMap(([id, kind], n): [string, Title][] => {
    const found = data[`t${n}`];
    return found == null ? [] : [[id, titleOf(kind, found)]];
  });
}
