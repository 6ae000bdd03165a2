import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Shapes } from "../../shared/api/client";
import { notesQuery } from "../review/data";
import { useMember } from "../session/data";
import { Outbox, type Outgoing, type Written } from "./outbox";

export interface OwnNotes extends Outgoing {
  notes: readonly Shapes["NoteView"][];
  write: (written: Written) => void;
  retry: () => void;
}

/** One's own notes and marks, each on its moment. */
export function useNotes(interview: string): OwnNotes {
  const member = useMember();
  const client = useQueryClient();
  const found = useQuery(notesQuery(interview)).data ?? [];
  const [outbox] = useState(() => new Outbox(interview, () => void client.invalidateQueries({ queryKey: ["notes", interview] })));
  const out = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  useEffect(() => void outbox.send(), [outbox]);
  return {
    ...out,
    notes: found.filter((each) => each.by.kind === "member" && each.by.id === member.id),
    write: outbox.write,
    retry: () => void outbox.send(),
  };
}
