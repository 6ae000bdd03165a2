import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { isOwn, useColleagues } from "../colleagues";
import { clock, moment } from "../format";
import { useKept } from "../kept";
import { useMember } from "../session/data";
import { Check } from "../../shared/ui/Choice";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { notesQuery } from "./data";
import type { Playback } from "./playback";
import styles from "./Below.module.css";

export function Notes({ interview, playback }: { interview: string; playback: Playback }) {
  const found = useQuery(notesQuery(interview));
  const member = useMember();
  const callBy = useColleagues();
  const client = useQueryClient();
  const drop = useMutation({
    mutationFn: (note: string) =>
      api.DELETE("/v1/interviews/{interview_id}/notes/{note_id}", { params: { path: { interview_id: interview, note_id: note } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["notes", interview] }),
  });
  return (
    <Section title="Notes">
      <Loaded query={found}>
        {(notes) => (
          <ul className={`plainlist ${styles.notes ?? ""}`}>
            {notes.length === 0 && <li className="muted">No note yet.</li>}
            {notes.map((note) => (
              <li key={note.id}>
                {note.text === "" ? <p className="muted">Mark</p> : <p dir="auto">{note.text}</p>}
                <p className={styles.by}>
                  <bdi>{callBy(note.by)}</bdi>
                  <span>{moment(note.created_at)}</span>
                  {note.at_ms !== null && (
                    <Button kind="quiet" onPress={() => playback.hear(note.at_ms ?? 0)}>
                      Hear {clock(note.at_ms)}
                    </Button>
                  )}
                  {isOwn(note.by, member) && (
                    <Button kind="quiet" onPress={() => drop.mutate(note.id)} aria-label="Remove this note">
                      Remove
                    </Button>
                  )}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {drop.isError && <Refusal error={drop.error} />}
      <NewNote interview={interview} playback={playback} />
    </Section>
  );
}

function NewNote({ interview, playback }: { interview: string; playback: Playback }) {
  const [text, setText] = useKept<string>(`note.${interview}`, "");
  const [here, setHere] = useState(false);
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/notes", {
          params: { path: { interview_id: interview }, header: idempotent() },
          body: { text, ...(here ? { at_ms: Math.round(playback.ms) } : {}) },
        }),
      ),
    onSuccess: () => {
      setText("");
      return client.invalidateQueries({ queryKey: ["notes", interview] });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} className="stack tight">
      <TextField label="New note" rows={2} value={text} onChange={setText} />
      <div className="row">
        <Button type="submit" isDisabled={text.trim() === ""} isPending={add.isPending}>
          Add the note
        </Button>
        <Check label="On this moment of the recording" checked={here} onChange={setHere} />
      </div>
      {add.isError && <Refusal error={add.error} />}
    </form>
  );
}
