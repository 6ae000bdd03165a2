import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Shapes } from "../../shared/api/client";
import { kindOf, type Kind, type Title } from "./subjects";
import styles from "./house.module.css";

type Entry = Shapes["AuditView"];

interface Props {
  entry: Entry;
  titles: ReadonlyMap<string, Title> | undefined;
  addresses: ReadonlyMap<string, string>;
}

const NOUNS: Readonly<Record<Kind, string>> = {
  interview: "Interview",
  kit: "Kit",
  job: "Job",
  candidate: "Candidate",
  member: "Member",
  key: "Key",
  webhook: "Webhook",
  request: "Request of a candidate",
};

/** What was changed: by its name, as a way to it, and by its id, by which the trail knows it. */
export function Subject({ entry, titles, addresses }: Props) {
  const kind = kindOf(entry);
  if (kind === null) return <span className="mono">{entry.subject}</span>;
  const title = titles?.get(entry.subject);
  const name = title?.name ?? addresses.get(entry.subject);
  return (
    <span className={styles.subject}>
      <span>
        {name != null && <span className="muted">{NOUNS[kind]} </span>}
        <Way kind={kind} id={entry.subject} isThere={title !== undefined}>
          <bdi>{name ?? NOUNS[kind]}</bdi>
        </Way>
        {title !== undefined && title.more !== "" && (
          <>
            , <bdi>{title.more}</bdi>
          </>
        )}
      </span>
      <Link to="/house/audit" search={{ subject: entry.subject }} className="mono muted" aria-label={`All about ${entry.subject}`}>
        {entry.subject}
      </Link>
    </span>
  );
}

interface WayProps {
  kind: Kind;
  id: string;
  /** A kit or a job may be gone. */
  isThere: boolean;
  children: ReactNode;
}

function Way({ kind, id, isThere, children }: WayProps) {
  switch (kind) {
    case "interview":
      return (
        <Link to="/interviews/$interview" params={{ interview: id }}>
          {children}
        </Link>
      );
    case "candidate":
      return (
        <Link to="/interviews" search={{ candidate: id }}>
          {children}
        </Link>
      );
    case "kit":
      return isThere ? (
        <Link to="/kits/$kit" params={{ kit: id }}>
          {children}
        </Link>
      ) : (
        children
      );
    case "job":
      return isThere ? (
        <Link to="/jobs/$job" params={{ job: id }}>
          {children}
        </Link>
      ) : (
        children
      );
    case "webhook":
      return (
        <Link to="/house/webhooks/$webhook" params={{ webhook: id }}>
          {children}
        </Link>
      );
    case "member":
      return <Link to="/house">{children}</Link>;
    case "key":
      return <Link to="/house/keys">{children}</Link>;
    case "request":
      return <Link to="/requests">{children}</Link>;
  }
}
