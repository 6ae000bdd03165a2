import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { request, requests, type Interview, type Request, type RequestKind } from "../api";
import { Failed } from "../Failed";
import styles from "./After.module.css";

export const REQUESTS = ["requests"] as const;
const ANY_TIME = ["access", "correction", "erasure", "other"] as const;
const WHEN_OVER = ["human_review", ...ANY_TIME] as const;

interface Props {
  interview: Interview;
  /** Whether there is an interview to contest. */
  isOver: boolean;
}

/** What the law gives, as one form: each request has a day by which somebody must answer. */
export function Rights({ interview, isOver }: Props) {
  const words = useWords();
  const queries = useQueryClient();
  const made = useQuery({ queryKey: REQUESTS, queryFn: requests, retry: 2 });
  const kinds: readonly RequestKind[] = isOver ? WHEN_OVER : ANY_TIME;
  const [kind, setKind] = useState<RequestKind>(kinds[0] ?? "other");
  const [text, setText] = useState("");
  const ask = useMutation({
    mutationFn: () => request(kind, text.trim()),
    onSuccess: async () => {
      setText("");
      await queries.invalidateQueries({ queryKey: REQUESTS });
    },
  });
  const label = (one: RequestKind): string => {
    const key: PlainKey = `rights.${one}`;
    return words.t(key);
  };
  return (
    <section className={styles.section}>
      <h2>{words.t("rights.title")}</h2>
      <p className={styles.muted}>{words.t("rights.text")}</p>
      {made.data?.filter((one) => one.kind !== "transcript").map((one) => <Made key={one.id} made={one} label={label(one.kind)} />)}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Choice
          label={words.t("rights.kind")}
          value={kind}
          options={kinds.map((one) => [one, label(one)] as const)}
          onChange={setKind}
        />
        <TextField label={words.t("rights.words")} rows={3} maxLength={4000} value={text} onChange={setText} />
        {ask.error !== null && <Failed error={ask.error} />}
        <div>
          <Button type="submit" isPending={ask.isPending} isDisabled={kind === "other" && text.trim() === ""}>
            {words.t("rights.send")}
          </Button>
        </div>
      </form>
      {interview.contact !== null && (
        <p>{words.rich("room.help.contact", { contact: <bdi>{interview.contact}</bdi> })}</p>
      )}
    </section>
  );
}

function Made({ made, label }: { made: Request; label: string }) {
  const words = useWords();
  const state: PlainKey = `request.${made.state}`;
  return (
    <Notice kind={made.state === "open" ? "info" : "ok"} title={`${label}: ${words.t(state)}`}>
      {made.text !== null && made.text !== "" && <p dir="auto">{made.text}</p>}
      <p>
        {made.answer === null ? (
          words.t("rights.answer_by", { day: words.day(made.answer_by) })
        ) : (
          <span dir="auto">{made.answer}</span>
        )}
      </p>
    </Notice>
  );
}
