import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { request, requests, transcript, type Request, type Turn } from "../api";
import { Failed, failureOf, useLookAfter } from "../Failed";
import { clock } from "../room/useLeft";
import styles from "./After.module.css";
import { REQUESTS } from "./Rights";

const TRANSCRIPT = ["transcript"] as const;

/** What was understood, word for word; one's own words can be put right. */
export function Transcript() {
  const words = useWords();
  const found = useQuery({ queryKey: TRANSCRIPT, queryFn: transcript, retry: 2 });
  const proposals = useQuery({ queryKey: REQUESTS, queryFn: requests, retry: 2 });
  return (
    <section className={styles.section}>
      <h2>{words.t("transcript.title")}</h2>
      <p className={styles.muted}>{words.t("transcript.text")}</p>
      {found.error !== null && (
        <Failed
          error={found.error}
          actions={<Button onPress={() => void found.refetch()}>{words.t("again")}</Button>}
        />
      )}
      {found.isPending && <p role="status">{words.t("opening.text")}</p>}
      {found.data !== undefined && (
        <ol className={styles.turns}>
          {found.data.map((turn) => (
            <TurnLine
              key={turn.turn_id}
              turn={turn}
              proposal={proposals.data?.findLast((one) => one.turn_id === turn.turn_id)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function TurnLine({ turn, proposal }: { turn: Turn; proposal: Request | undefined }) {
  const words = useWords();
  const [isEdited, setIsEdited] = useState(false);
  const who: PlainKey = `transcript.who.${turn.speaker}`;
  return (
    <li className={styles.turn} data-who={turn.speaker}>
      <p className={styles.who}>
        <span>{clock(Math.floor(turn.started_ms / 1000))}</span> <strong>{words.t(who)}</strong>
      </p>
      <div className={styles.said}>
        <p dir="auto">{turn.spoken === "" ? words.t("transcript.nothing") : turn.spoken}</p>
        {turn.original !== null && (
          <p className={styles.muted}>{words.rich("transcript.original", { words: <bdi>{turn.original}</bdi> })}</p>
        )}
        {proposal !== undefined && <Proposal proposal={proposal} />}
        {turn.speaker === "candidate" && proposal?.state !== "open" && !isEdited && (
          <Button kind="quiet" onPress={() => setIsEdited(true)}>
            {words.t("transcript.correct")}
          </Button>
        )}
        {isEdited && <Correction turn={turn} close={() => setIsEdited(false)} />}
      </div>
    </li>
  );
}

function Proposal({ proposal }: { proposal: Request }) {
  const words = useWords();
  const state: PlainKey = `request.${proposal.state}`;
  return (
    <p className={styles.proposal}>
      <span className={styles.muted}>{words.t("transcript.proposed")}</span> <bdi>{proposal.text}</bdi>{" "}
      <span className={styles.muted}>({words.t(state)})</span>
    </p>
  );
}

function Correction({ turn, close }: { turn: Turn; close: () => void }) {
  const words = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState(turn.spoken);
  const propose = useMutation({
    mutationFn: () => request("transcript", text.trim(), turn.turn_id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: REQUESTS });
      close();
    },
  });
  useLookAfter(propose.error);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        propose.mutate();
      }}
    >
      <TextField
        label={words.t("transcript.as_said")}
        help={words.t("transcript.as_said.help")}
        rows={4}
        maxLength={4000}
        value={text}
        onChange={setText}
        autoFocus
        error={propose.error === null ? undefined : words.t(failureOf(propose.error))}
      />
      <div className={styles.row}>
        <Button
          kind="main"
          type="submit"
          isPending={propose.isPending}
          isDisabled={text.trim() === "" || text.trim() === turn.spoken}
        >
          {words.t("transcript.propose")}
        </Button>
        <Button onPress={close}>{words.t("back")}</Button>
      </div>
    </form>
  );
}
