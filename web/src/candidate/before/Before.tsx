import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../../shared/api/problem";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import * as door from "../api";
import { Where } from "../Where";
import { Accommodations } from "./Accommodations";
import { AskDialog } from "./AskDialog";
import styles from "./Before.module.css";
import { Facts } from "./Facts";
import { Markdown } from "./Markdown";

interface Props {
  interview: door.Interview;
  look: door.Look;
}

/** Who invites, what it is, and the choice: consent, a person instead, or not at all. */
export function Before({ interview, look }: Props) {
  const words = useWords();
  const [asks, setAsks] = useState<"person" | "decline" | null>(null);
  const consent = useMutation({
    mutationFn: (accepted: boolean) => door.answerNotice(accepted, interview.notice.version),
    onSettled: look,
  });
  const person = useMutation({ mutationFn: door.askForPerson, onSettled: look });
  const isOutdated = consent.error instanceof Problem && consent.error.code === "notice_outdated";
  return (
    <Page
      above={<Where interview={interview} />}
      title={words.t("before.title")}
      tab={`${interview.job_title} – ${words.t("opening.title")}`}
    >
      <p className={styles.lead}>{words.t("before.lead")}</p>
      <Facts interview={interview} />
      <section className={styles.notice} aria-label={words.t("before.notice")}>
        <Markdown text={interview.notice.text} />
        <p className={styles.version}>
          {words.rich("before.version", { version: <bdi>{interview.notice.version}</bdi> })}
        </p>
      </section>
      <Accommodations />
      {consent.error !== null && (
        <Notice kind="danger" title={words.t(isOutdated ? "before.outdated" : "failed.title")}>
          {!isOutdated && words.t("failed.text")}
        </Notice>
      )}
      <div className={styles.choice}>
        <Button kind="main" isPending={consent.isPending} onPress={() => consent.mutate(true)}>
          {words.t("before.agree")}
        </Button>
        <Button onPress={() => setAsks("person")}>{words.t("person.button")}</Button>
        <Button kind="quiet" onPress={() => setAsks("decline")}>
          {words.t("decline.button")}
        </Button>
      </div>
      <AskDialog
        about={asks}
        close={() => setAsks(null)}
        isPending={person.isPending || consent.isPending}
        isFailed={person.isError || consent.isError}
        confirm={(about) => (about === "person" ? person.mutate() : consent.mutate(false))}
      />
    </Page>
  );
}
