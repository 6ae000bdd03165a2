import { useQueryClient, type Query, type QueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { Problem } from "../shared/api/problem";
import { Button } from "../shared/ui/Button";
import { Notice } from "../shared/ui/Notice";
import { told } from "./ui/Refusal";

/** What the dialog over the page says already. */
const SAID_ELSEWHERE = ["unauthenticated", "other_member"];

function isStale(query: Query): boolean {
  const { status, data, error } = query.state;
  if (status !== "error" || data === undefined || !query.isActive()) return false;
  return !(error instanceof Problem && SAID_ELSEWHERE.includes(error.code));
}

function staleOnes(client: QueryClient): readonly Query[] {
  return client.getQueryCache().getAll().filter(isStale);
}

/** Why something that is shown could not be asked for again; null when all of it could. */
function useTrouble(): Error | null {
  const client = useQueryClient();
  const listen = useCallback((tell: () => void) => client.getQueryCache().subscribe(tell), [client]);
  return useSyncExternalStore(listen, () => staleOnes(client)[0]?.state.error ?? null);
}

/** Of a page that stands still while it looks alive: that it does, why, and the way on. */
export function Stale() {
  const client = useQueryClient();
  const error = useTrouble();
  if (error === null) return null;
  const again = () => {
    for (const query of staleOnes(client)) void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  };
  return (
    <section aria-label="Connection">
      <Notice kind="warn" title="What you see may not be up to date." actions={<Button onPress={again}>Load it again</Button>}>
        {told(error).join(" ")}
      </Notice>
    </section>
  );
}
