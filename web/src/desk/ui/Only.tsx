import type { FunctionComponent } from "react";
import { Notice } from "../../shared/ui/Notice";
import { useRights, type Rights } from "../session/data";
import { DeskPage } from "./DeskPage";

type Right = keyof typeof WHO;
type Lazy = FunctionComponent & { preload?: () => Promise<void> | undefined };

const WHO = {
  hires: "Owners, administrators and recruiters do this.",
  readsFairness: "Owners, administrators, recruiters and auditors see it.",
  readsHouse: "Owners, administrators and auditors see it.",
  seesCandidates: "Everybody but auditors sees it: who judges whether all was fair need not know who they are.",
} as const satisfies Partial<Record<keyof Rights, string>>;

/** A page for some roles. The others are told whose it is, and nothing is asked in vain. */
export function only(right: Right, title: string, Page: Lazy): Lazy {
  function Only() {
    return useRights()[right] ? <Page /> : <NotTheirs title={title} who={WHO[right]} />;
  }
  return Object.assign(Only, Page.preload === undefined ? {} : { preload: Page.preload });
}

function NotTheirs({ title, who }: { title: string; who: string }) {
  return (
    <DeskPage title={title} tab={title}>
      <Notice kind="info" title="Your role does not open this.">
        {who} A colleague who leads your organisation’s account can change roles.
      </Notice>
    </DeskPage>
  );
}
