import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DeskPage } from "./DeskPage";
import { Refusal } from "./Refusal";

interface Props<T> {
  query: UseQueryResult<T>;
  /** Of the sheet that stands there when the answer is a refusal. */
  title: string;
  above?: ReactNode;
  children: (data: T) => ReactNode;
}

/** A sheet whose very heading is an answer; who may not see it is told so on a sheet as well. */
export function LoadedPage<T>({ query, title, above, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.isError) return <main id="main" aria-busy="true" aria-label="Loading" />;
  return (
    <DeskPage title={title} tab={title} above={above}>
      <Refusal error={query.error} onRetry={() => void query.refetch()} />
    </DeskPage>
  );
}
