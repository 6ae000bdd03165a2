import { queryOptions, type QueryClient, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";
import { forgetDrafts } from "../kept";
import { found, show, useStanding, type Session } from "./standing";
import { arrive } from "./wayback";

export type { Session };
export type Role = Shapes["Role"];

/** Null when nobody is signed in: a refusal counts as a guess. */
async function current(): Promise<Session | null> {
  try {
    return await body(api.GET("/v1/sessions/current"));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** With whom the page was opened; who is signed in later is another question (`useWatch`). */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  queryFn: async () => {
    const session = await current();
    if (session !== null) {
      arrive(session.tenant_id);
      show(session);
    }
    return session;
  },
});

/** Where candidates' answers go, as it is now: whoever set it may have done so since the page was opened. */
export const contactQuery = queryOptions({
  queryKey: ["contact"],
  staleTime: 0,
  queryFn: async () => (await body(api.GET("/v1/sessions/current"))).contact,
});

/** Whoever comes back to the page finds out whether it is still theirs. */
export function useWatch(): void {
  const client = useQueryClient();
  const { is } = useStanding();
  const isShown = useCallback(() => client.getQueryData(sessionQuery.queryKey) != null, [client]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible" || !isShown()) return;
      // A dead line says nothing about a session; the calls of the page will say what is to say.
      void current().then(found, () => undefined);
    };
    globalThis.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      globalThis.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isShown]);
  useEffect(() => {
    if (is === "doubted") void current().then(found, () => found(null));
  }, [is]);
  // What was refused meanwhile is asked again.
  useEffect(() => {
    if (is === "held" && isShown()) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  }, [is, isShown, client]);
}

/** Inside the shell somebody is signed in. */
export function useMember(): Session["member"] {
  return useSession().member;
}

export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("nobody is signed in");
  return data;
}

export function useBegin(): (session: Session) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      arrive(session.tenant_id);
      forgetOthers(client);
      show(session);
      client.setQueryData(sessionQuery.queryKey, session);
    },
    [client],
  );
}

/** The same person goes on where they were. */
export function useGoOn(): (session: Session) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      show(session);
    },
    [client],
  );
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      try {
        await api.DELETE("/v1/sessions/current");
      } catch (error) {
        if (!(error instanceof Problem && error.status === 401)) throw error;
      }
    },
    onSuccess: () => leave(client),
  });
}

/** Back to the door; nothing stays on the desk. */
export function leave(client: QueryClient): void {
  forgetOthers(client);
  client.setQueryData(sessionQuery.queryKey, null);
  globalThis.location.assign("/desk");
}

/** Whoever sits down at the desk finds nothing of whoever sat there before. */
function forgetOthers(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  forgetDrafts();
}

const HIRING: readonly Role[] = ["owner", "admin", "recruiter"];
const INTERVIEWING: readonly Role[] = [...HIRING, "interviewer"];
const LEADING: readonly Role[] = ["owner", "admin"];

/** What a page offers; the API decides. */
export function rightsOf(role: Role) {
  const hires = HIRING.includes(role);
  const leads = LEADING.includes(role);
  return {
    hires,
    leads,
    interviews: INTERVIEWING.includes(role),
    judges: role !== "auditor",
    seesCandidates: role !== "auditor",
    readsFairness: hires || role === "auditor",
    readsHouse: leads || role === "auditor",
  };
}

export type Rights = ReturnType<typeof rightsOf>;

export function useRights(): Rights {
  return rightsOf(useMember().role);
}
