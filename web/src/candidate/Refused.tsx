import { Problem } from "../shared/api/problem";
import { useWords, type PlainKey } from "../shared/i18n/i18n";
import { Button } from "../shared/ui/Button";
import { Page } from "../shared/ui/Page";

type Reason = "invalid" | "used" | "expired" | "closed" | "nobody" | "later";

const REASONS: Record<string, Reason> = {
  invitation_invalid: "invalid",
  invitation_used: "used",
  invitation_expired: "expired",
  interview_not_open: "closed",
  unauthenticated: "nobody",
};

export function reasonOf(error: unknown): Reason {
  if (!(error instanceof Problem)) return "later";
  return REASONS[error.code] ?? (error.status === 401 ? "nobody" : "later");
}

/** The page could not be opened: what happened, what is safe, what to do. */
export function Refused({ error, again }: { error: unknown; again: () => void }) {
  const words = useWords();
  const reason = reasonOf(error);
  const title: PlainKey = `refused.${reason}.title`;
  const text: PlainKey = `refused.${reason}.text`;
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
