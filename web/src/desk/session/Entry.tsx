import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Page } from "../../shared/ui/Page";
import { Refusal } from "../ui/Refusal";
import { Again } from "./Again";
import { sessionQuery, useWatch } from "./data";
import { SignIn } from "./SignIn";

interface Props {
  /** Why the organisation's own sign-in has led back without letting in. */
  refused: string | null;
  children: ReactNode;
}

/** The desk for those who are signed in, the way in for the others. */
export function Entry({ refused, children }: Props) {
  const session = useQuery(sessionQuery);
  useWatch();
  if (session.isError) {
    return (
      <Page title="Vivavoce">
        <Refusal error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  }
  if (session.data === undefined) return <main aria-busy="true" aria-label="Vivavoce" />;
  if (session.data === null) return <SignIn refused={refused} />;
  return (
    <>
      {children}
      <Again />
    </>
  );
}
