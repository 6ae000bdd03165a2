import { useEffect } from "react";
import { useWords, type PlainKey } from "../shared/i18n/i18n";
import { Button } from "../shared/ui/Button";
import { Page } from "../shared/ui/Page";
import { isRefusal } from "./refusal";
import { markInRoom } from "./room/place";

type Reason = "invalid" | "used" | "expired" | "closed" | "cancelled" | "erased" | "other" | "nobody" | "moved" | "later";

const REASONS: Record<string, Reason> = {
  invitation_invalid: "invalid",
  invitation_used: "used",
  invitation_expired: "expired",
  interview_not_open: "closed",
  interview_cancelled: "cancelled",
  sealed: "erased",
  other_interview: "other",
  unauthenticated: "nobody",
};

export function reasonOf(error: unknown): Reason {
  if (!isRefusal(error)) return "later";
  return REASONS[error.code] ?? (error.status === 401 ? "nobody" : "later");
}

interface Props {
  error: unknown;
  again: () => void;
  /** Whether the page was open before: whoever is nobody now has most likely gone on elsewhere. */
  wasOpen?: boolean;
}

/** The page could not be opened, or not be kept: what happened, what is safe, what to do. */
export function Refused({ error, again, wasOpen = false }: Props) {
  const words = useWords();
  const found = reasonOf(error);
  const reason = wasOpen && found === "nobody" ? "moved" : found;
  const title: PlainKey = `refused.${reason}.title`;
  const text: PlainKey = `refused.${reason}.text`;
  useEffect(() => {
    if (reason !== "later") markInRoom(false);
  }, [reason]);
  return (
    <Page title={words.t(title)}>
      <p>{words.t(text)}</p>
      {reason === "later" && (
        <div>
          <Button kind="main" onPress={again}>
            {words.t("again")}
          </Button>
        </div>
      )}
    </Page>
  );
}
