import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import type { Interview } from "../data";
import { Choice, Check } from "../../shared/ui/Choice";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import styles from "./Interview.module.css";

type Needs = Shapes["AccommodationsView"];
const TIMES = [
  ["1", "As in the kit"],
  ["1.25", "A quarter more"],
  ["1.5", "Half as much again"],
  ["2", "Twice as much"],
] as const;
const BREAKS = ["0", "1", "2", "3", "4", "5"] as const;

/** What makes it fair for this person. It stands in nothing that is judged, and who looks does not rate. */
export function Accommodations({ interview }: { interview: Interview }) {
  const [isWanted, setIsWanted] = useState(false);
  const path = { interview_id: interview.id };
  const found = useQuery({
    queryKey: ["accommodations", interview.id],
    queryFn: () => body(api.GET("/v1/interviews/{interview_id}/accommodations", { params: { path } })),
    enabled: isWanted,
  });
  return (
    <Section title="Accommodations" id="accommodations">
      {isWanted ? (
        <Loaded query={found}>{(needs) => <Granted interview={interview} needs={needs} />}</Loaded>
      ) : (
        <>
          <p>Whoever sees what a candidate is given, or gives it, cannot rate this interview; whoever has rated it cannot see it.</p>
          <div>
            <Button onPress={() => setIsWanted(true)}>Show accommodations</Button>
          </div>
        </>
      )}
    </Section>
  );
}

type Given = Pick<Needs, "time" | "breaks" | "longer_silences">;

function Granted({ interview, needs }: { interview: Interview; needs: Needs }) {
  const client = useQueryClient();
  const open = ["invited", "ready", "expired"].includes(interview.state);
  const [given, setGiven] = useState<Given>(needs);
  const [saved, setSaved] = useState<Given | null>(null);
  const set = (part: Partial<Given>) => setGiven({ ...given, ...part });
  const change = useMutation({
    mutationFn: ({ time, breaks, longer_silences }: Given) =>
      body(
        api.PATCH("/v1/interviews/{interview_id}/accommodations", {
          params: { path: { interview_id: interview.id } },
          body: { time: time ?? "1", breaks: breaks ?? 0, longer_silences: longer_silences ?? false },
        }),
      ),
    onSuccess: (now, asked) => {
      setSaved(asked);
      client.setQueryData(["accommodations", interview.id], now);
      void client.invalidateQueries({ queryKey: ["interviews"] });
    },
  });
  return (
    <>
      {needs.requested !== null && (
        <blockquote className="card">
          <p className="muted small">Asked for</p>
          <p dir="auto">{needs.requested}</p>
        </blockquote>
      )}
      <div className={styles.fields}>
        <Choice label="Time" disabled={!open} value={given.time ?? "1"} options={TIMES} onChange={(time) => set({ time })} />
        <Choice
          label="Breaks"
          disabled={!open}
          value={String(given.breaks ?? 0)}
          options={BREAKS.map((n) => [n as string, n === "0" ? "None" : n] as const)}
          onChange={(breaks) => set({ breaks: Number(breaks) })}
        />
        <Check
          label="Longer silences"
          help="The interviewer waits longer before it asks whether somebody is still there."
          disabled={!open}
          checked={given.longer_silences ?? false}
          onChange={(longer_silences) => set({ longer_silences })}
        />
      </div>
      {open && (
        <div className="row">
          <Button isPending={change.isPending} onPress={() => change.mutate(given)}>
            {needs.requested === null ? "Save the accommodations" : "Answer with these"}
          </Button>
          <span aria-live="polite">{given === saved && "Saved. The candidate reads it on their page."}</span>
        </div>
      )}
      {change.isError && <Refusal error={change.error} />}
      <p className="muted small">
        It stands in nothing that is judged, and nobody who rates sees it: where anything is given or asked for, you are no rater of
        this interview any more.
      </p>
    </>
  );
}
