import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Shapes } from "../../shared/api/client";
import { useColleagues } from "../colleagues";
import { clock } from "../format";
import { useRights } from "../session/data";
import styles from "./Bookmarks.module.css";
import { notesQuery } from "./data";
import type { Playback } from "./playback";

type Bookmark = Shapes["NoteView"] & { at_ms: number };

/** Notes and marks that stand on a moment, in the order of the recording. */
export function useBookmarks(interview: string): { notes: readonly Bookmark[]; moments: readonly number[] } {
  const { judges } = useRights();
  const { data } = useQuery({ ...notesQuery(interview), enabled: judges });
  return useMemo(() => {
    const notes = (data ?? []).filter((note): note is Bookmark => note.at_ms !== null).sort((a, b) => a.at_ms - b.at_ms);
    return { notes, moments: notes.map((note) => note.at_ms) };
  }, [data]);
}

/** Where somebody thought that one should listen again. */
export function Bookmarks({ notes, playback }: { notes: readonly Bookmark[]; playback: Playback }) {
  const callBy = useColleagues();
  if (notes.length === 0) return null;
  return (
    <ul className={`plainlist ${styles.bookmarks ?? ""}`} aria-label="Bookmarks">
      {notes.map((note) => (
        <li key={note.id}>
          <button type="button" className={styles.bookmark} onClick={() => playback.hear(note.at_ms)}>
            <span className={styles.at}>{clock(note.at_ms)}</span>
            <span className={styles.text} dir="auto">
              {note.text === "" ? "Mark" : note.text}
            </span>
            <span className="muted small">
              <bdi>{callBy(note.by)}</bdi>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
