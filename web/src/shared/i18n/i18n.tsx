import { createContext, Fragment, use, useMemo, type ReactNode } from "react";
import type { Messages } from "./messages.gen";

export const LANGUAGES = ["en", "es", "de", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Key = keyof Messages;
export type PlainKey = { [K in Key]: [Messages[K]] extends [never] ? K : never }[Key];
type Stem<K> = K extends `${infer S}.one` ? S : never;
export type CountKey = Stem<Key>;
type Values<K extends Key, V> = [Messages[K]] extends [never] ? [] : [Record<Messages[K], V>];
type Texts = Record<Key, string>;

const LOADED: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("../../../messages/en.json"),
  es: () => import("../../../messages/es.json"),
  de: () => import("../../../messages/de.json"),
  fr: () => import("../../../messages/fr.json"),
};

/** Our language nearest to a tag such as `de-AT`; English when there is none. */
export function languageOf(...tags: (string | undefined)[]): Language {
  for (const tag of tags) {
    const found = LANGUAGES.find((one) => one === tag?.slice(0, 2).toLowerCase());
    if (found !== undefined) return found;
  }
  return "en";
}

export async function load(language: Language): Promise<Texts> {
  return (await LOADED[language]()).default;
}

const MOMENT = {
  weekday: "long",
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
} as const;

export class Words {
  readonly language: Language;
  readonly #texts: Texts;
  readonly #rules: Intl.PluralRules;

  constructor(language: Language, texts: Texts) {
    this.language = language;
    this.#texts = texts;
    this.#rules = new Intl.PluralRules(language);
  }

  /** The message as plain text. */
  t<K extends Key>(key: K, ...values: Values<K, string | number>): string {
    const known: Record<string, string | number> = values[0] ?? {};
    return this.#texts[key].replace(/\{([a-z_]+)\}/g, (_, name: string) => String(known[name] ?? ""));
  }

  /** The message with elements in it, e.g. a name that must not mix with its surroundings. */
  rich<K extends Key>(key: K, ...values: Values<K, ReactNode>): ReactNode {
    const known: Record<string, ReactNode> = values[0] ?? {};
    const parts = this.#texts[key].split(/\{([a-z_]+)\}/);
    return parts.map((part, at) => <Fragment key={at}>{at % 2 === 1 ? known[part] : part}</Fragment>);
  }

  /** “1 question left”, “3 questions left”: the form that the language has for this number. */
  count(stem: CountKey, count: number): string {
    const form: "one" | "other" = this.#rules.select(count) === "one" ? "one" : "other";
    return this.#texts[`${stem}.${form}`].replace("{count}", this.number(count));
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value);
  }

  /** A moment in this browser's time zone, which it names. */
  moment(iso: string): string {
    return new Intl.DateTimeFormat(this.language, MOMENT).format(new Date(iso));
  }

  day(iso: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(new Date(iso));
  }
}

const Context = createContext<Words | null>(null);

interface Props {
  language: Language;
  texts: Texts;
  children: ReactNode;
}

export function WordsProvider({ language, texts, children }: Props) {
  const words = useMemo(() => new Words(language, texts), [language, texts]);
  return <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = use(Context);
  if (words === null) throw new Error("there are no words here");
  return words;
}
