import { Link } from "@tanstack/react-router";
import { useRights } from "../session/data";
import styles from "./Help.module.css";

/** The way from a position to a decision, and where more is written. */
export function Guide({ onLeave }: { onLeave: () => void }) {
  const { hires } = useRights();
  return (
    <>
      <section className="stack tight" aria-label="From a position to a decision">
        <h3 className={styles.of}>From a position to a decision</h3>
        <ol className={styles.steps}>
          <li>
            <Link to="/jobs" onClick={onLeave}>
              Jobs
            </Link>
            : make one, and in it a kit, which says what is asked and by which words answers are judged. Publish it: that version never changes.
          </li>
          <li>
            {hires ? (
              <Link to="/invite" onClick={onLeave}>
                Invite candidates
              </Link>
            ) : (
              "Recruiters invite candidates"
            )}{" "}
            with it, one or many; each gets a link.
          </li>
          <li>
            <Link to="/live" onClick={onLeave}>
              Live
            </Link>
            : who is interviewed now, and what is said. Come into the room to listen, or to lead.
          </li>
          <li>
            <Link to="/interviews" search={{ state: "scored" }} onClick={onLeave}>
              Review
            </Link>
            : the transcript beside the recording. Rate on evidence, and see what others found.
          </li>
          <li>Decide, with a reason and in your name. No machine does.</li>
        </ol>
      </section>
      <section className="stack tight" aria-label="To read on">
        <h3 className={styles.of}>To read on</h3>
        <p>
          <a href="/docs" target="_blank" rel="noreferrer">
            The calls behind this desk
          </a>
          , for programs of your own. The guide comes with Vivavoce, in its folder docs/guide, and begins with desk.md for these pages: ask whoever runs the
          service.
        </p>
      </section>
    </>
  );
}
