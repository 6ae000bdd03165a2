import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode, type SyntheticEvent } from "react";
import { api, body } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { everyOne, MANY, MOST, type Candidate } from "../data";
import { count } from "../format";
import { Loaded } from "../ui/Loaded";

const SHOWN = 100;

/** As one writes a name on a telephone: without accents, large or small. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function fits(candidate: Candidate, sought: string): boolean {
  return [candidate.name, candidate.email].some((each) => folded(each).includes(folded(sought)));
}

interface FindProps {
  sought: string;
  onFind: (sought: string) => void;
}

/** Whom one looks for. What is typed stands nowhere but here: an address of a page is written down by many. */
export function Find({ sought, onFind }: FindProps) {
  const [text, setText] = useState(sought);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onFind(text.trim());
  };
  const all = () => {
    setText("");
    onFind("");
  };
  return (
    <search aria-label="Whom to find">
      <form onSubmit={submit} className="row end">
        <TextField label="Name or e-mail address, or a part" value={text} onChange={setText} />
        <Button type="submit">Find</Button>
        {sought !== "" && <Button onPress={all}>Show all</Button>}
      </form>
    </search>
  );
}

/** Names are sealed where they are stored, and cannot be searched there: this browser reads and compares them. */
export function Found({ sought, children }: { sought: string; children: (rows: readonly Candidate[]) => ReactNode }) {
  const everybody = useQuery({
    queryKey: ["candidates", "everybody"],
    staleTime: 60_000,
    queryFn: () => everyOne((after) => body(api.GET("/v1/candidates", { params: { query: { limit: MANY, sort: "-created_at", ...after } } }))),
  });
  return (
    <Loaded query={everybody}>
      {(all) => {
        const found = all.filter((each) => fits(each, sought));
        return (
          <>
            <p aria-live="polite">
              {found.length === 0 ? "Nobody" : found.length} of {all.length >= MOST ? `the newest ${all.length} candidates` : count(all.length, "candidate")}{" "}
              {found.length > 1 ? "fit" : "fits"}
              {found.length > SHOWN && `; these are the newest ${SHOWN}`}.
            </p>
            {children(found.slice(0, SHOWN))}
          </>
        );
      }}
    </Loaded>
  );
}
