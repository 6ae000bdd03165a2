import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import {
  Button as Trigger,
  CheckboxButton,
  CheckboxField,
  CheckboxGroup,
  Disclosure,
  DisclosurePanel,
  Heading,
  Label,
} from "react-aria-components";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import * as door from "../api";
import { Failed } from "../Failed";
import styles from "./Before.module.css";

const KINDS = ["time", "breaks", "silence", "typing", "captioner"] as const;

/** What helps somebody to take part; no reason is asked for, and whoever judges does not see it. */
export function Accommodations() {
  const words = useWords();
  const [chosen, setChosen] = useState<string[]>([]);
  const [other, setOther] = useState("");
  const label = (kind: (typeof KINDS)[number]): string => {
    const key: PlainKey = `help.${kind}`;
    return words.t(key);
  };
  const ask = useMutation({
    mutationFn: () => {
      const wanted = KINDS.filter((kind) => chosen.includes(kind)).map(label);
      return door.askForAccommodations([...wanted, other.trim()].filter(Boolean).join("\n"));
    },
  });
  return (
    <Disclosure className={styles.help ?? ""}>
      <Heading level={2} className={styles.helpHeading ?? ""}>
        <Trigger slot="trigger" className={styles.trigger ?? ""}>
          {words.t("help.title")}
        </Trigger>
      </Heading>
      <DisclosurePanel>
        <div className={styles.helpBody}>
          <p>{words.t("help.text")}</p>
          <CheckboxGroup value={chosen} onChange={setChosen} className={styles.kinds ?? ""}>
            <Label className="unseen">{words.t("help.title")}</Label>
            {KINDS.map((kind) => (
              <CheckboxField key={kind} value={kind}>
                <CheckboxButton className={styles.kind ?? ""}>
                  <span className={styles.box} aria-hidden="true" />
                  {label(kind)}
                </CheckboxButton>
              </CheckboxField>
            ))}
          </CheckboxGroup>
          <TextField label={words.t("help.other")} rows={3} maxLength={1500} value={other} onChange={setOther} />
          {ask.isSuccess && (
            <Notice kind="ok" title={words.t("help.sent")}>
              {words.t("help.sent.text")}
            </Notice>
          )}
          {ask.error !== null && <Failed error={ask.error} />}
          <div>
            <Button
              isPending={ask.isPending}
              isDisabled={chosen.length === 0 && other.trim() === ""}
              onPress={() => ask.mutate()}
            >
              {words.t("help.send")}
            </Button>
          </div>
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
