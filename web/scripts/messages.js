// Compares the message files: same keys, same placeholders, nothing empty, nothing unused; and
// writes the type of each message. What is wrong fails the build.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const web = join(import.meta.dirname, "..");
const folder = join(web, "messages");
const LANGUAGES = ["en", "es", "de", "fr"];
const placeholders = (text) => [...new Set(text.match(/\{[a-z_]+\}/g) ?? [])].sort();

function sources(path) {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.gen\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf-8"))
    .join("\n");
}

function read(language) {
  return JSON.parse(readFileSync(join(folder, `${language}.json`), "utf-8"));
}

function wrongIn(language, messages, english) {
  const keys = new Set([...Object.keys(english), ...Object.keys(messages)]);
  return [...keys].flatMap((key) => {
    const [here, there] = [messages[key], english[key]];
    if (here === undefined) return [`${language}: ${key} is missing`];
    if (there === undefined) return [`${language}: ${key} is superfluous`];
    if (typeof here !== "string" || here.trim() === "") return [`${language}: ${key} is empty`];
    const same = placeholders(here).join() === placeholders(there).join();
    return same ? [] : [`${language}: ${key} has other placeholders than en`];
  });
}

function unused(english) {
  const code = sources(join(web, "src"));
  const families = [...code.matchAll(/`([a-z_.]+)\.\$\{/g)].map((found) => `${found[1]}.`);
  return Object.keys(english)
    .filter((key) => {
      const stem = key.replace(/\.(one|other)$/, "");
      const named = code.includes(`"${key}"`) || code.includes(`"${stem}"`);
      return !named && !families.some((family) => key.startsWith(family));
    })
    .map((key) => `en: ${key} is used nowhere`);
}

function types(english) {
  const lines = Object.entries(english).map(([key, text]) => {
    const names = placeholders(text).map((name) => name.slice(1, -1));
    return `  ${JSON.stringify(key)}: ${names.length > 0 ? names.map((name) => `"${name}"`).join(" | ") : "never"};`;
  });
  return `/** Written by scripts/messages.js: each message with the names of what it takes. */\nexport interface Messages {\n${lines.join("\n")}\n}\n`;
}

const english = read("en");
const wrong = [...LANGUAGES.flatMap((language) => wrongIn(language, read(language), english)), ...unused(english)];
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
writeFileSync(join(web, "src/shared/i18n/messages.gen.ts"), types(english));
