import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import { giveFeedback } from "../api";
import { Failed } from "../Failed";
import styles from "./After.module.css";

const RATINGS = ["1", "2", "3", "4", "5"] as const;

/** How it was for the candidate. Whoever decides on them sees it only afterwards. */
export function Feedback() {
  const words = useWords();
  const [rating, setRating] = useState<string | null>(null);
  const [text, setText] = useState("");
  const give = useMutation({ mutationFn: () => giveFeedback(Number(rating), text.trim()) });
  if (give.isSuccess) {
    return (
      <section className={styles.section}>
        <h2>{words.t("feedback.title")}</h2>
        <Notice kind="ok" title={words.t("feedback.sent")} />
      </section>
    );
  }
  return (
    <section className={styles.section}>
      <h2>{words.t("feedback.title")}</h2>
      <p className={styles.muted}>{words.t("feedback.text")}</p>
      <RadioGroup value={rating} onChange={setRating} className={styles.ratings ?? ""} orientation="horizontal">
        <Label className="unseen">{words.t("feedback.title")}</Label>
        {RATINGS.map((one) => {
          const name: PlainKey = `feedback.rating.${one}`;
          return (
            <RadioField key={one} value={one}>
              <RadioButton className={styles.rating ?? ""}>{words.t(name)}</RadioButton>
            </RadioField>
          );
        })}
      </RadioGroup>
      <TextField label={words.t("feedback.words")} rows={3} maxLength={4000} value={text} onChange={setText} />
      {give.error !== null && <Failed error={give.error} />}
      <div>
        <Button isDisabled={rating === null} isPending={give.isPending} onPress={() => give.mutate()}>
          {words.t("feedback.send")}
        </Button>
      </div>
    </section>
  );
}
