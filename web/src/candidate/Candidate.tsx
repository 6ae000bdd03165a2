import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode } from "react";
import { languageOf, load, useWords, WordsProvider, type Language } from "../shared/i18n/i18n";
import { Page } from "../shared/ui/Page";
import { After } from "./after/After";
import { Gone } from "./after/Gone";
import * as door from "./api";
import { INTERVIEW } from "./api";
import { Before } from "./before/Before";
import { Crashed } from "./Crashed";
import { LeaveButton, Left } from "./Leave";
import { isRefusal } from "./refusal";
import { Refused } from "./Refused";
import { markMuted, wasInRoom } from "./room/place";

const Check = lazy(() => import("./check/Check"));
const Room = lazy(() => import("./room/Room"));

export interface Spoken {
  language: Language;
  texts: Awaited<ReturnType<typeof load>>;
}

const OPEN = new Set<door.Interview["state"]>(["ready", "live", "paused"]);

/** The page of one candidate: where they are follows from where the interview is. */
export function Candidate({ first }: { first: Spoken }) {
  const [hasLeft, setHasLeft] = useState(false);
  const opened = useQuery({ queryKey: INTERVIEW, queryFn: door.open, staleTime: Infinity, enabled: !hasLeft });
  const spoken = useLanguageOf(opened.data, first);
  return (
    <WordsProvider {...spoken}>
      <Held>
        {hasLeft ? (
          <Left />
        ) : opened.error !== null && (opened.data === undefined || isRefusal(opened.error)) ? (
          <Refused
            error={opened.error}
            again={() => void opened.refetch()}
            wasOpen={opened.data !== undefined}
          />
        ) : opened.data !== undefined ? (
          <Stage key={opened.data.interview_id} interview={opened.data} onLeft={() => setHasLeft(true)} />
        ) : (
          <Opening />
        )}
      </Held>
    </WordsProvider>
  );
}

/** Something can be read, whatever is still on its way or has gone wrong. */
function Held({ children }: { children: ReactNode }) {
  const words = useWords();
  return (
    <Crashed words={words}>
      <Suspense fallback={<Opening />}>{children}</Suspense>
    </Crashed>
  );
}

/** The words of the interview's language, once they are there. */
function useLanguageOf(interview: door.Interview | undefined, first: Spoken): Spoken {
  const [spoken, setSpoken] = useState(first);
  const language = interview === undefined ? first.language : languageOf(interview.language);
  useEffect(() => {
    document.documentElement.lang = language;
    let wanted = true;
    void load(language).then((texts) => {
      if (wanted) setSpoken({ language, texts });
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return spoken;
}

function Opening() {
  const words = useWords();
  return (
    <Page title={words.t("opening.title")}>
      <p role="status">{words.t("opening.text")}</p>
    </Page>
  );
}

interface StageProps {
  interview: door.Interview;
  onLeft: () => void;
}

function Stage({ interview, onLeft }: StageProps) {
  const queries = useQueryClient();
  const [isIn, setIsIn] = useState(() => wasInRoom(interview.interview_id));
  const look = useCallback(async () => {
    const asked = queries.query({ queryKey: INTERVIEW, queryFn: door.interview, staleTime: 0 });
    return asked.then(
      (fresh) => OPEN.has(fresh.state),
      (error: unknown) => !isRefusal(error),
    );
  }, [queries]);
  const enter = (withMicrophone: boolean) => {
    markMuted(!withMicrophone);
    setIsIn(true);
  };
  if (OPEN.has(interview.state) && isIn) {
    return <Room interview={interview} look={look} leave={() => setIsIn(false)} />;
  }
  return (
    <>
      <Place interview={interview} look={look} enter={enter} />
      <LeaveButton onLeft={onLeft} />
    </>
  );
}

interface PlaceProps {
  interview: door.Interview;
  look: door.Look;
  enter: (withMicrophone: boolean) => void;
}

function Place({ interview, look, enter }: PlaceProps) {
  switch (interview.state) {
    case "draft":
    case "invited":
      return <Before interview={interview} look={look} />;
    case "ready":
    case "live":
    case "paused":
      return <Check interview={interview} look={look} enter={enter} />;
    case "ended":
    case "scored":
    case "decided":
      return <After interview={interview} />;
    case "declined":
    case "expired":
    case "cancelled":
    case "human_path":
      return <Gone interview={interview} state={interview.state} />;
  }
}
