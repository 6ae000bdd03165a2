import { queryOptions } from "@tanstack/react-query";
import { problemOf, Unreachable } from "../shared/api/problem";
import { heard, named } from "./session/standing";

/** Who and what an interview is about, in words. */
export interface Names {
  candidate: string | null;
  job: string | null;
}

interface Found {
  candidate: { name: string } | null;
  kit: { job: { title: string } | null } | null;
}

/** So many at once keep to GraphQL's limits on aliases and braces. */
export const AT_ONCE = 25;
const WHO = "fragment Who on Interview { candidate { name } kit { job { title } } }";

/** One question for a whole page of a list, instead of three calls for each of its rows. */
export function namesQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: ["names", ...ids],
    enabled: ids.length > 0,
    staleTime: 60_000,
    queryFn: async (): Promise<ReadonlyMap<string, Names>> => {
      const pages = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
      return new Map((await Promise.all(pages.map(namesOf))).flat());
    },
  });
}

async function namesOf(ids: readonly string[]): Promise<[string, Names][]> {
  const asked = ids.map((id, n) => `i${n}: interview(id: ${JSON.stringify(id)}) { ...Who }`);
  const data = await ask<Record<string, Found | null>>(`{ ${asked.join("\n")} } ${WHO}`);
  return ids.map((id, n) => {
    const found = data[`i${n}`];
    return [id, { candidate: found?.candidate?.name ?? null, job: found?.kit?.job?.title ?? null }];
  });
}

/** GraphQL answers with what may be seen; what may not is null. */
export async function ask<Data>(query: string): Promise<Data> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...named() },
    body: JSON.stringify({ query }),
  }).catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
  await heard(response);
  if (!response.ok) throw await problemOf(response);
  const answer = (await response.json()) as { data?: Data | null };
  if (answer.data === null || answer.data === undefined) throw new Error("GraphQL answered without data");
  return answer.data;
}
