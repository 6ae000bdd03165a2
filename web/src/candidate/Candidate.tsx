import { WordsProvider, useWords, type Language, type load } from "../shared/i18n/i18n";
import { Page } from "../shared/ui/Page";

export interface Spoken {
  language: Language;
  texts: Awaited<ReturnType<typeof load>>;
}

export function Candidate({ first }: { first: Spoken }) {
  return (
    <WordsProvider {...first}>
      <Opening />
    </WordsProvider>
  );
}

function Opening() {
  const words = useWords();
  return (
    <Page title={words.t("opening.title")}>
      <p>{words.t("opening.text")}</p>
      <p>{words.count("room.left", 1)}</p>
    </Page>
  );
}
