import { queryOptions, type QueryClient, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Problem } from "../../shared/api/problem";

export type Session = Shapes["SignedInView"];
export type Role = Shapes["Role"];

const TENANT = "vivavoce.tenant";

/** Null when nobody is signed in. Asked once: a refusal counts as a guess. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await body(api.GET("/v1/sessions/current"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

/** Inside the shell somebody is signed in. */
export function useMember(): Session["member"] {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("nobody is signed in");
  return data.member;
}

export function useBegin(): (session: Session) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      rememberTenant(session.tenant_id);
      forgetOthers(client);
      client.setQueryData(sessionQuery.queryKey, session);
    },
    [client],
  );
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await api.DELETE("/v1/sessions/current");
    forgetOthers(client);
    client.setQueryData(sessionQuery.queryKey, null);
    globalThis.location.assign("/desk");
  }, [client]);
}

/** Whoever sits down at the desk finds nothing of whoever sat there before. */
function forgetOthers(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
}

/** The organisation that one signed in to last, for its own sign-in service. */
export function lastTenant(): string {
  const asked = new URLSearchParams(globalThis.location.search).get("tenant");
  return asked ?? globalThis.localStorage.getItem(TENANT) ?? "";
}

function rememberTenant(tenant: string): void {
  globalThis.localStorage.setItem(TENANT, tenant);
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

export function useRights() {
  return rightsOf(useMember().role);
}
