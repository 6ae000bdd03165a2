import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Page } from "../../shared/ui/Page";
import type { Interview } from "../api";
import { Where } from "../Where";
import { Rights } from "./Rights";

interface Props {
  interview: Interview;
  state: "declined" | "expired" | "cancelled" | "human_path";
}

/** The interview went another way. */
export function Gone({ interview, state }: Props) {
  const words = useWords();
  const title: PlainKey = `gone.${state}.title`;
  const text: PlainKey = `gone.${state}.text`;
  return (
    <Page above={<Where interview={interview} />} title={words.t(title)}>
      <p>{words.t(text)}</p>
      <Rights interview={interview} isOver={false} />
    </Page>
  );
}
