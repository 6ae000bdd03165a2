import { useLayoutEffect, useRef, useState } from "react";
import { browser } from "../../shared/storage";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import styles from "./CaptionList.module.css";
import type { Snapshot } from "./talk";

const SIZES = ["m", "l", "xl"] as const;
const KEPT = "viv.captions";

/**
 * Both voices in writing. Readers of the screen may go through it; it is not read out by itself,
 * for the same words are heard.
 */
export function CaptionList({ now }: { now: Snapshot }) {
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(() => Number(browser.get(KEPT) ?? 0));
  const change = (by: number) => {
    const next = Math.min(SIZES.length - 1, Math.max(0, size + by));
    browser.set(KEPT, String(next));
    setSize(next);
  };
  const lines = now.captions;
  // Where the reader stood before there was more: a long line would put the end out of reach.
  const isFollowing = useRef(true);
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown !== null && isFollowing.current) shown.scrollTop = shown.scrollHeight;
  }, [lines, now.interim, size]);
  return (
    <section className={styles.captions} aria-label={words.t("captions.title")}>
      <div className={styles.head}>
        <h2 className={styles.title}>{words.t("captions.title")}</h2>
        <div className={styles.sizes}>
          <Button kind="quiet" isDisabled={size === 0} onPress={() => change(-1)}>
            A−<span className="unseen"> {words.t("captions.smaller")}</span>
          </Button>
          <Button kind="quiet" isDisabled={size === SIZES.length - 1} onPress={() => change(1)}>
            A+<span className="unseen"> {words.t("captions.larger")}</span>
          </Button>
        </div>
      </div>
      <div
        className={styles.list}
        data-size={SIZES[size]}
        ref={list}
        role="log"
        aria-live="off"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too
        tabIndex={0}
        aria-label={words.t("captions.title")}
        onScroll={(event) => {
          isFollowing.current = isAtEnd(event.currentTarget);
        }}
      >
        {lines.length === 0 && now.interim === "" && <p className={styles.none}>{words.t("captions.none")}</p>}
        {lines.map((line) => (
          <p key={line.id} className={styles.line} data-who={line.who}>
            <span className={styles.who}>
              {line.name !== "" ? <bdi>{line.name}</bdi> : words.t(line.who === "ai" && now.others.length > 0 ? "room.ai" : `captions.who.${line.who}`)}
            </span>
            <span dir="auto">{line.text}</span>
          </p>
        ))}
        {now.interim !== "" && (
          <p className={styles.line} data-who="me">
            <span className={styles.who}>{words.t("captions.who.me")}</span>
            <span dir="auto" className={styles.interim}>
              {now.interim}
            </span>
          </p>
        )}
      </div>
    </section>
  );
}

/** Whoever has scrolled back to read is left where they are. */
function isAtEnd(shown: HTMLElement): boolean {
  return shown.scrollHeight - shown.scrollTop - shown.clientHeight < 40;
}
