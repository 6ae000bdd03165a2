import { skipToken, useQuery } from "@tanstack/react-query";
import type { Shapes } from "../../shared/api/client";
import { Notice } from "../../shared/ui/Notice";

type Warning = Shapes["PublishedKit"]["warnings"][number];

export function warningsKey(kit: string): readonly string[] {
  return ["warnings", kit];
}

/** What the API said when the kit was published: it holds, though somebody may miss something. */
export function Warnings({ kit }: { kit: string }) {
  const told = useQuery<readonly Warning[]>({ queryKey: warningsKey(kit), queryFn: skipToken, staleTime: Infinity }).data ?? [];
  if (told.length === 0) return null;
  return (
    <Notice kind="warn" title="It is published. Something may be missed later:">
      <ul>
        {told.map((each) => (
          <li key={each.field}>
            <code className="mono">{each.field}</code> {each.detail}
          </li>
        ))}
      </ul>
      <p>A new draft of it can say more.</p>
    </Notice>
  );
}
