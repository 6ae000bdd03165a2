import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Shapes } from "../../shared/api/client";
import { notesQuery } from "../review/data";
import { useMember } from "../session/data";
import { note } from "./calls";

export interface Written {
  text: string;
  /** When it was, on `performance.now()`. */
  at: number;
  key: string;
}

export interface OwnNotes {
  notes: readonly Shapes["NoteView"][];
  write: (written: Written) => void;
  /** What is on its way or did not get there, to be tried again. */
  pending: Written | undefined;
  error: Error | null;
  last: Shapes["NotedView"] | null | undefined;
}

/** One's own notes and marks, each on its moment. */
export function useNotes(interview: string): OwnNotes {
  const member = useMember();
  const client = useQueryClient();
  const found = useQuery(notesQuery(interview)).data ?? [];
  const add = useMutation({
    mutationFn: ({ text, at, key }: Written) => note(interview, text, performance.now() - at, key),
    retry: 3,
    onSuccess: () => client.invalidateQueries({ queryKey: ["notes", interview] }),
  });
  return {
    notes: found.filter((each) => each.by.kind === "member" && each.by.id === member.id),
    write: add.mutate,
    pending: add.isSuccess ? undefined : add.variables,
    error: add.error,
    last: add.data,
  };
}

export function written(text: string, at: number = performance.now()): Written {
  return { text, at, key: crypto.randomUUID() };
}
