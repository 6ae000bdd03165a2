import type { ReactNode } from "react";
import { Notice } from "../../shared/ui/Notice";

/** What mails and the candidate's pages say while no address for answers is set. */
export function NoAnswers({ children }: { children?: ReactNode }) {
  return (
    <Notice kind="warn" title="Candidates have nobody to write to.">
      Without an address under “Answers go to”, mails tell candidates to turn to whoever they are in touch with about the position, and their
      pages name no contact.{children}
    </Notice>
  );
}
