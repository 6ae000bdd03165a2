import { useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { useWords, type PlainKey } from "../shared/i18n/i18n";
import { Notice } from "../shared/ui/Notice";
import { INTERVIEW } from "./api";
import { isRefusal } from "./refusal";

type Reason = "text" | "limit" | "sealed" | "closed";

const REASONS: Record<string, Reason> = { limit_reached: "limit", sealed: "sealed" };

export function failureOf(error: unknown): PlainKey {
  const reason: Reason = isRefusal(error) ? (REASONS[error.code] ?? "closed") : "text";
  return `failed.${reason}`;
}

interface Props {
  error: unknown;
  actions?: ReactNode;
}

/** Something was not done, and why; after a refusal the page looks where the interview stands now. */
export function Failed({ error, actions }: Props) {
  const words = useWords();
  useLookAfter(error);
  return (
    <Notice kind="danger" title={words.t(isRefusal(error) ? "failed.refused" : "failed.title")} actions={actions}>
      {words.t(failureOf(error))}
    </Notice>
  );
}

export function useLookAfter(error: unknown): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (isRefusal(error)) void queries.invalidateQueries({ queryKey: INTERVIEW });
  }, [error, queries]);
}
