import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { languageOf, load, WordsProvider } from "../../shared/i18n/i18n";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { kitQuery } from "../data";
import { count } from "../format";
import { DeskPage } from "../ui/DeskPage";
import { Refusal } from "../ui/Refusal";
import styles from "./Mock.module.css";
import { MockRoom, type Ending } from "./MockRoom";

const route = getRouteApi("/kits/$kit/mock");

/** A kit as a candidate will meet it, by voice; nothing of it is kept. */
export function Mock() {
  const { kit } = route.useParams();
  const found = useQuery(kitQuery(kit)).data?.value;
  const [ending, setEnding] = useState<Ending | null>(null);
  const begin = useMutation({
    mutationFn: async () => {
      const seat = await body(api.POST("/v1/kits/{kit_id}/rehearsals", { params: { path: { kit_id: kit } } }));
      const language = languageOf(seat.language);
      return { seat, language, texts: await load(language) };
    },
    onMutate: () => setEnding(null),
  });
  const end = useCallback((how: Ending) => setEnding(how), []);
  const held = ending === null ? begin.data : undefined;
  return (
    <DeskPage
      title="Mock interview"
      tab="Mock interview"
      above={
        <Link to="/kits/$kit" params={{ kit }}>
          <bdi>{found?.name ?? "Kit"}</bdi> {found !== undefined && (found.version === null ? "(draft)" : `v${found.version}`)}
        </Link>
      }
    >
      {held === undefined ? (
        <>
          {ending !== null && <Ended how={ending} />}
          <Before kit={found} isAgain={ending !== null} isPending={begin.isPending} onBegin={() => begin.mutate()} />
          {begin.isError && <Refusal error={begin.error} />}
        </>
      ) : (
        <WordsProvider language={held.language} texts={held.texts}>
          <MockRoom key={held.seat.token} seat={held.seat} onEnd={end} />
        </WordsProvider>
      )}
    </DeskPage>
  );
}

interface Before {
  kit: Shapes["KitView"] | undefined;
  isAgain: boolean;
  isPending: boolean;
  onBegin: () => void;
}

function Before({ kit, isAgain, isPending, onBegin }: Before) {
  return (
    <div className={styles.before}>
      <p>
        You are the candidate: the interviewer comes into a room of its own and asks{" "}
        {kit === undefined ? "what the kit says" : `${count(kit.questions.length, "question")} in ${kit.minutes} minutes`}.
        Your browser asks for the microphone.
      </p>
      <p className="muted">
        Nothing of it is recorded, stored or scored, and no list shows it, though the interviewer says what it says to
        every candidate. It is held with the kit as it was saved last.
      </p>
      <div>
        <Button kind="main" isPending={isPending} onPress={onBegin}>
          {isAgain ? "Begin again" : "Begin"}
        </Button>
      </div>
    </div>
  );
}

const ENDINGS: Readonly<Record<Ending, readonly [kind: "ok" | "info" | "warn", title: string, words: string]>> = {
  whole: ["ok", "The mock interview is over.", "Nothing of it was kept."],
  left: ["info", "You left the mock interview.", "Nothing of it was kept."],
  dropped: ["warn", "The mock interview ended early.", "The interviewer or the connection was lost. Nothing of it was kept; it can begin again at once."],
  nobody: ["warn", "No interviewer came.", "All of them may be busy. Try again in a minute; if it stays, tell whoever runs this service."],
};

function Ended({ how }: { how: Ending }) {
  const [kind, title, words] = ENDINGS[how];
  return (
    <Notice kind={kind} title={title}>
      {words}
    </Notice>
  );
}
