import { Fragment, type ReactNode } from "react";

/** The little Markdown of our notices: headings, paragraphs, lists, bold. All else is plain text. */
export function Markdown({ text }: { text: string }) {
  return text.trim().split(/\n{2,}/).map((block, at) => <Block key={at} block={block} />);
}

function Block({ block }: { block: string }) {
  const lines = block.split("\n");
  if (lines.every((line) => /^[-*] /.test(line) || /^ {2}/.test(line))) {
    const items = block.split(/\n(?=[-*] )/);
    return (
      <ul>
        {items.map((item, at) => (
          <li key={at}>{inline(item.replace(/^[-*] /, ""))}</li>
        ))}
      </ul>
    );
  }
  const heading = /^#{1,3} (.*)$/.exec(block);
  if (heading?.[1] !== undefined) return <h2>{inline(heading[1])}</h2>;
  return <p>{inline(block)}</p>;
}

function inline(text: string): ReactNode {
  return text
    .split(/\*\*([^*]+)\*\*/)
    .map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : <Fragment key={at}>{part}</Fragment>));
}
