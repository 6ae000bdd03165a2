import { Button } from "../../shared/ui/Button";
import type { Booth } from "./booth";
import { rate } from "./rate";
import type { Hint, Prompt } from "./told";
import styles from "./Panels.module.css";

const TITLES: Readonly<Record<Hint, string>> = {
  coverage: "Coverage",
  ask: "Next question",
  missing: "Not answered yet",
  verify: "Worth checking",
  time: "Time",
  protected: "Leave this topic",
  relief: "The AI asks for you",
  unheard: "Not written down",
};
const MOST_SHOWN = 3;

interface Props {
  prompts: readonly Prompt[];
  booth: Booth;
  /** Has the AI ask the question that a prompt proposes; null while it may not. */
  ask: ((question: string) => void) | null;
}

/** What the AI tells interviewers and nobody else. */
export function Prompts({ prompts, booth, ask }: Props) {
  // What must not be missed stays on top until somebody has put it away.
  const shown = [...prompts.filter((one) => one.isAlarm), ...prompts.filter((one) => !one.isAlarm)].slice(0, MOST_SHOWN);
  return (
    <section className={styles.panel} aria-label="Prompts">
      <h2 className={styles.title}>Prompts</h2>
      {shown.length === 0 && <p className="muted small">Nothing to say yet. Prompts are for interviewers alone; the candidate gets none.</p>}
      <ul className={`plainlist ${styles.prompts ?? ""}`}>
        {shown.map((prompt, at) => (
          <Card key={prompt.id} prompt={prompt} booth={booth} ask={ask} isFirst={at === 0} />
        ))}
      </ul>
    </section>
  );
}

function Card({ prompt, booth, ask, isFirst }: { prompt: Prompt; booth: Booth; ask: Props["ask"]; isFirst: boolean }) {
  const { question } = prompt;
  return (
    <li className={styles.prompt} data-alarm={prompt.isAlarm || undefined}>
      <div className={styles.words} role={prompt.isAlarm ? "alert" : undefined}>
        <p className={styles.kind}>
          {prompt.isAlarm && (
            <span className={styles.sign} aria-hidden="true">
              !
            </span>
          )}
          {TITLES[prompt.kind]}
        </p>
        <p dir="auto">{prompt.text}</p>
        {prompt.reason !== null && (
          <p className="muted small" dir="auto">
            {prompt.reason}
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {ask !== null && prompt.kind === "ask" && question !== null && (
          <span className={styles.ask}>
            <Button onPress={() => ask(question)}>AI, ask it</Button>
          </span>
        )}
        <Button kind="quiet" onPress={() => rate(booth, prompt.id, true)}>
          Useful
        </Button>
        <Button kind="quiet" onPress={() => rate(booth, prompt.id, false)}>
          Not useful
        </Button>
        <Button kind="quiet" {...(isFirst ? { hint: "X" } : {})} onPress={() => rate(booth, prompt.id, null)}>
          Dismiss
        </Button>
      </div>
    </li>
  );
}
