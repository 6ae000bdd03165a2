import { useMutation } from "@tanstack/react-query";
import { Problem } from "../../shared/api/problem";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { Page } from "../../shared/ui/Page";
import * as door from "../api";
import { Failed } from "../Failed";
import { Where } from "../Where";
import { Accommodations } from "./Accommodations";
import styles from "./Before.module.css";
import { Facts } from "./Facts";
import { Markdown } from "./Markdown";
import { WaysOut } from "./WaysOut";

interface Props {
  interview: door.Interview;
  look: door.Look;
}

/** Who invites, what it is, and the choice: consent, a person instead, or not at all. */
export function Before({ interview, look }: Props) {
  const words = useWords();
  const consent = useMutation({
    mutationFn: () => door.answerNotice(true, interview.notice.version),
    onSettled: look,
  });
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
      {isOutdated ? (
        <Notice kind="danger" title={words.t("before.outdated")} />
      ) : (
        consent.error !== null && <Failed error={consent.error} />
      )}
      <div className={styles.choice}>
        <Button kind="main" isPending={consent.isPending} onPress={() => consent.mutate()}>
          {words.t("before.agree")}
        </Button>
        <WaysOut interview={interview} look={look} />
      </div>
    </Page>
  );
}
