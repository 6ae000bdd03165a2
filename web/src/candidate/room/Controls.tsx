import { useRef } from "react";
import { useWords, type PlainKey } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { useKeptFocus } from "../../shared/ui/useKeptFocus";
import styles from "./Controls.module.css";
import type { Snapshot } from "./talk";
import { KEYS, type Actions } from "./useActions";

const LONGEST = 4000;

/** Everything that can be done, each with its key. */
export function Controls({ now, actions }: { now: Snapshot; actions: Actions }) {
  const words = useWords();
  const keys = actions.areKeysOn;
  const hint = (key: string) => (keys ? { hint: key } : {});
  const isThere = now.link === "in" && now.isAgentHere;
  const saying = sayingOf(actions);
  const status = useRef<HTMLParagraphElement>(null);
  const kept = useKeptFocus(status);
  return (
    <section className={styles.controls} aria-label={words.t("controls.title")} {...kept}>
      <p role="status" className={styles.said} ref={status} tabIndex={-1}>
        {saying === null ? "" : words.t(saying)}
      </p>
      {actions.isTyping && <Typing actions={actions} />}
      <div className={styles.row}>
        <div className={styles.main}>
          {actions.isResting ? (
            <Button onPress={actions.ready} {...hint(KEYS.think)}>
              {words.t("room.ready")}
            </Button>
          ) : (
            <Button isDisabled={!isThere} onPress={actions.think} {...hint(KEYS.think)}>
              {words.t("room.think")}
            </Button>
          )}
          <Button kind="main" isDisabled={!isThere} onPress={actions.done} {...hint(KEYS.done)}>
            {words.t("room.done")}
          </Button>
        </div>
        <div className={styles.more}>
          <Button kind="quiet" isDisabled={!isThere} onPress={actions.repeat} {...hint(KEYS.repeat)}>
            {words.t("room.repeat")}
          </Button>
          {actions.canType && (
            <Button
              kind="quiet"
              isDisabled={!isThere}
              aria-expanded={actions.isTyping}
              onPress={() => actions.type(!actions.isTyping)}
              {...hint(KEYS.type)}
            >
              {words.t("room.type")}
            </Button>
          )}
          {actions.canPause && (
            <Button kind="quiet" isDisabled={!isThere} onPress={actions.pause} {...hint(KEYS.pause)}>
              {words.t("room.pause")}
            </Button>
          )}
          <Button kind="quiet" onPress={actions.help} {...hint(KEYS.help)}>
            {words.t("room.help")}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** What came of a button, or what goes on. */
function sayingOf({ isWaiting, said, isResting }: Actions): PlainKey | null {
  if (isWaiting) return "typing.sent_soon";
  if (said !== null && said !== "ok") return `said.${said}`;
  return isResting ? "controls.take_time" : null;
}

function Typing({ actions }: { actions: Actions }) {
  const words = useWords();
  return (
    <form
      className={styles.typing}
      onSubmit={(event) => {
        event.preventDefault();
        void actions.send();
      }}
    >
      <TextField
        label={words.t("typing.label")}
        help={words.t("typing.help")}
        rows={4}
        maxLength={LONGEST}
        value={actions.draft}
        onChange={actions.write}
        isReadOnly={actions.isSending}
        autoFocus
      />
      <div className={styles.main}>
        <Button kind="main" type="submit" isPending={actions.isSending} isDisabled={actions.draft.trim() === ""}>
          {words.t("typing.send")}
        </Button>
        <Button onPress={() => actions.type(false)}>{words.t("typing.close")}</Button>
      </div>
    </form>
  );
}
