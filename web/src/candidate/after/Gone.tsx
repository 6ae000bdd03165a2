import { useEffect } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Page } from "../../shared/ui/Page";
import type { Interview } from "../api";
import { forgetRoom } from "../room/place";
import { Where } from "../Where";
import { Feedback } from "./Feedback";
import { Rights } from "./Rights";
import { Transcript } from "./Transcript";

interface Props {
  interview: Interview;
  state: "declined" | "expired" | "cancelled" | "human_path";
}

/** The interview went another way; what was said before is still the candidate's own. */
export function Gone({ interview, state }: Props) {
  const words = useWords();
  const title: PlainKey = `gone.${state}.title`;
  const text: PlainKey = `gone.${state}.text`;
  useEffect(forgetRoom, []);
  return (
    <Page above={<Where interview={interview} />} title={words.t(title)}>
      <p>{words.t(text)}</p>
      {interview.has_words && (
        <>
          <Transcript />
          <Feedback interview={interview} />
        </>
      )}
      <Rights interview={interview} isOver={false} />
    </Page>
  );
}
