import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { feedback, giveFeedback, type Feedback as Given, type Interview } from "../api";
import { Failed } from "../Failed";
import styles from "./After.module.css";

const RATINGS = ["1", "2", "3", "4", "5"] as const;
const FEEDBACK = ["feedback"] as const;

/** How it was for the candidate. Whoever decides on them sees it only afterwards. */
export function Feedback({ interview }: { interview: Interview }) {
  const words = useWords();
  const [isChanged, setIsChanged] = useState(false);
  const given = useQuery({
    queryKey: FEEDBACK,
    queryFn: feedback,
    enabled: interview.has_feedback,
    initialData: interview.has_feedback ? undefined : null,
    staleTime: Infinity,
    retry: 2,
  });
  const said = given.data ?? null;
  return (
    <section className={styles.section}>
      <h2>{words.t("feedback.title")}</h2>
      {given.isPending && <p role="status">{words.t("opening.text")}</p>}
      {given.error !== null && (
        <Failed
          error={given.error}
          actions={<Button onPress={() => void given.refetch()}>{words.t("again")}</Button>}
        />
      )}
      {said !== null && !isChanged && <Sent said={said} change={() => setIsChanged(true)} />}
      {given.isSuccess && (said === null || isChanged) && <Form said={said} sent={() => setIsChanged(false)} />}
    </section>
  );
}

function nameOf(rating: (typeof RATINGS)[number]): PlainKey {
  return `feedback.rating.${rating}`;
}

/** What was sent stays to be read, by whoever sent it too. */
function Sent({ said, change }: { said: Given; change: () => void }) {
  const words = useWords();
  const rating = RATINGS.find((one) => one === String(said.rating));
  return (
    <Notice
      kind="ok"
      title={words.t("feedback.sent")}
      actions={<Button onPress={change}>{words.t("feedback.change")}</Button>}
    >
      {rating !== undefined && <p>{words.t(nameOf(rating))}</p>}
      {said.text !== "" && <p dir="auto">{said.text}</p>}
    </Notice>
  );
}

function Form({ said, sent }: { said: Given | null; sent: () => void }) {
  const words = useWords();
  const queries = useQueryClient();
  const [rating, setRating] = useState<string | null>(said === null ? null : String(said.rating));
  const [text, setText] = useState(said?.text ?? "");
  const give = useMutation({
    mutationFn: () => giveFeedback(Number(rating), text.trim()),
    onSuccess: () => {
      const now = { rating: Number(rating), text: text.trim(), given_at: new Date().toISOString() };
      queries.setQueryData<Given>(FEEDBACK, now);
      sent();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      <p className={styles.muted}>{words.t("feedback.text")}</p>
      <RadioGroup value={rating} onChange={setRating} className={styles.ratings ?? ""} orientation="horizontal">
        <Label className="unseen">{words.t("feedback.title")}</Label>
        {RATINGS.map((one) => (
          <RadioField key={one} value={one}>
            <RadioButton className={styles.rating ?? ""}>{words.t(nameOf(one))}</RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      <TextField label={words.t("feedback.words")} rows={3} maxLength={4000} value={text} onChange={setText} />
      {give.error !== null && <Failed error={give.error} />}
      <div>
        <Button type="submit" isDisabled={rating === null} isPending={give.isPending}>
          {words.t("feedback.send")}
        </Button>
      </div>
    </form>
  );
}
