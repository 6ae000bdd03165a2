import { Link } from "@tanstack/react-router";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";
import { DeskPage } from "../ui/DeskPage";
import { Refusal } from "../ui/Refusal";
import type { Snapshot } from "./booth";

interface Props {
  now: Snapshot;
  interview: string;
  candidate: string;
  back: () => void;
  leave: () => void;
  /** Notes and marks that have not arrived yet. */
  unsaved: number;
}

/** Out of the room: why, what is safe, and where to go now. */
export function Left({ now, interview, candidate, back, leave, unsaved }: Props) {
  return (
    <DeskPage title={TITLES[now.link] ?? "You have left the room"} tab={`Room of ${candidate}`}>
      <div className="stack">
        {now.link === "removed" && now.refusal !== null ? <Refusal error={now.refusal} /> : <Notice kind="info">{WORDS[now.link] ?? LEFT}{unsaved === 0 && (SAVED[now.link] ?? "")}</Notice>}
        {unsaved > 0 && (
          <Notice kind="warn" title={`Not saved yet: ${unsaved} of your notes and marks.`}>
            They are kept in this tab and sent until they arrive. Leave it open.
          </Notice>
        )}
        <div className="row">
          {(now.link === "elsewhere" || now.link === "left") && (
            <Button kind="main" onPress={back}>
              Come in here
            </Button>
          )}
          <Link to="/interviews/$interview/review" params={{ interview }}>
            Transcript, marks and your rating
          </Link>
          <Button kind="quiet" onPress={leave}>
            Back to the door
          </Button>
        </div>
      </div>
    </DeskPage>
  );
}

const LEFT = "The talk goes on without you. If you had the floor, it returns to the AI after a while, unless a colleague takes it.";

const TITLES: Readonly<Partial<Record<Snapshot["link"], string>>> = {
  over: "The interview is over",
  removed: "You are not in the room any more",
  elsewhere: "You are in the room elsewhere",
};

const WORDS: Readonly<Partial<Record<Snapshot["link"], string>>> = {
  over: "Everything that was said is saved. Your rating is kept in this tab until you save it on the review page.",
  removed: "You were taken out of the room.",
  elsewhere: "Another tab or device of yours took this place. Only one of them is in the room.",
};

const SAVED: Readonly<Partial<Record<Snapshot["link"], string>>> = {
  over: " Your notes and marks are saved.",
  removed: " What you wrote is saved.",
};
