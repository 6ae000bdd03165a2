import { Problem, Unreachable } from "../../shared/api/problem";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";

const SAID: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  unauthenticated: ["You are not signed in any more.", "Nothing of yours is lost. Sign in again, then repeat what you did."],
  other_member: ["Somebody else has signed in.", "Nothing was done in their name. Sign in again, then repeat what you did."],
  forbidden: ["Your role does not open this.", "A colleague who leads your organisation’s account can change roles."],
  not_found: ["There is nothing here.", "It may have been removed, or the address is not complete."],
  precondition_failed: ["Somebody else changed this meanwhile.", "Nothing of yours was saved. Load it again, then repeat your change."],
  sealed: ["What was said was erased.", "The candidate’s words were removed on request; what remains is that the interview took place."],
  rate_limited: ["Too many requests at once.", "Nothing was lost. Wait a moment, then try again."],
  too_many_attempts: ["Too many attempts.", "Wait a few minutes, then try again."],
};

/** What happened, what is safe, what to do now. */
export function Refusal({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const [title, words] = told(error);
  return (
    <Notice
      kind="danger"
      title={title}
      {...(onRetry === undefined ? {} : { actions: <Button onPress={onRetry}>{isStale(error) ? "Load it again" : "Try again"}</Button> })}
    >
      {words}
      {error instanceof Problem && error.document.errors !== undefined && error.document.errors.length > 1 && (
        <ul>
          {error.document.errors.map((each) => (
            <li key={`${each.field} ${each.detail}`}>
              <code className="mono">{each.field}</code> {each.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function isStale(error: Error): boolean {
  return error instanceof Problem && error.code === "precondition_failed";
}

/** What happened, and what is safe and to do. */
export function told(error: Error): readonly [string, string] {
  if (error instanceof Unreachable) {
    return ["The service could not be reached.", "What is saved is safe. Check your connection, then try again."];
  }
  if (error instanceof Problem) return SAID[error.code] ?? [error.document.title, error.document.detail];
  return ["Something did not work.", "What is saved is safe. Load the page again; if it stays, tell whoever runs this service."];
}
