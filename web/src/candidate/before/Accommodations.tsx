import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

const NEEDS = ["accommodations"] as const;
const KINDS = ["time", "breaks", "silence", "typing", "captioner"] as const;
const ELSEWHERE = ["typing", "captioner"] as const;

/** What helps somebody to take part; no reason is asked for, and what was asked and given is shown. */
export function Accommodations() {
  const words = useWords();
  const [chosen, setChosen] = useState<string[]>([]);
  const [other, setOther] = useState("");
  const label = (kind: (typeof KINDS)[number]): string => {
    const key: PlainKey = `help.${kind}`;
    return words.t(key);
  };
  const isWished = (kind: (typeof KINDS)[number]) =>
    chosen.includes(kind) || (known.data?.requested?.split("\n").includes(label(kind)) ?? false);
  const queries = useQueryClient();
  const known = useQuery({ queryKey: NEEDS, queryFn: door.accommodations, retry: false });
  const ask = useMutation({
    onSuccess: () => queries.invalidateQueries({ queryKey: NEEDS }),
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
          {known.data !== undefined && <Given needs={known.data} />}
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
          <Asked asked={known.data?.requested ?? null} isNew={ask.isSuccess} />
          <Elsewhere kinds={ELSEWHERE.filter((kind) => isWished(kind))} />
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

/** What is not given by a setting of the interview: where it comes from instead. */
function Elsewhere({ kinds }: { kinds: (typeof ELSEWHERE)[number][] }) {
  const words = useWords();
  return kinds.map((kind) => {
    const key: PlainKey = `help.${kind}.how`;
    return (
      <p key={kind} className={styles.how}>
        {words.t(key)}
      </p>
    );
  });
}

/** What is given by now. */
function Given({ needs }: { needs: door.Needs }) {
  const words = useWords();
  const breaks = needs.breaks ?? 0;
  const given = [
    needs.time !== "1" && words.t("help.given.time", { times: words.number(Number(needs.time)) }),
    breaks > 0 && words.count("help.given.breaks", breaks),
    needs.longer_silences && words.t("help.silence"),
  ].filter((one) => one !== false);
  if (given.length === 0) return null;
  return (
    <Notice kind="info" title={words.t("help.given")}>
      <ul>
        {given.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What was asked for, in one's own words; what follows is said to whoever has just sent it. */
function Asked({ asked, isNew }: { asked: string | null; isNew: boolean }) {
  const words = useWords();
  if (asked === null && !isNew) return null;
  return (
    <Notice kind={isNew ? "ok" : "info"} title={words.t("help.sent")}>
      {asked !== null && (
        <p dir="auto" className={styles.asked}>
          {words.rich("help.asked", { words: <bdi>{asked}</bdi> })}
        </p>
      )}
      {isNew && <p>{words.t("help.sent.text")}</p>}
    </Notice>
  );
}
