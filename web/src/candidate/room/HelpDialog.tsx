import { useMediaDeviceSelect } from "@livekit/components-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Choice";
import { Actions as Row, Dialog } from "../../shared/ui/Dialog";
import { askForPerson, type Interview, type Look } from "../api";
import { AskDialog } from "../before/AskDialog";
import styles from "./HelpDialog.module.css";
import { KeySwitch } from "./KeySwitch";
import { chooseMicrophone } from "./place";
import { KEYS, type Actions } from "./useActions";

interface Props {
  interview: Interview;
  look: Look;
  isOpen: boolean;
  close: () => void;
  actions: Actions;
}

/** What there is, which key does it, which devices are used, and the way to a person. */
export function HelpDialog({ interview, look, isOpen, close, actions }: Props) {
  const words = useWords();
  const [asks, setAsks] = useState(false);
  const person = useMutation({ mutationFn: askForPerson, onSettled: look });
  return (
    <>
      <Dialog title={words.t("room.help")} isOpen={isOpen && !asks} onClose={close}>
        <p>{words.t("room.help.text")}</p>
        {actions.areKeysOn && <Keys actions={actions} />}
        <KeySwitch changed={actions.setKeysOn} />
        <Devices />
        {interview.contact !== null && (
          <p>{words.rich("room.help.contact", { contact: <bdi>{interview.contact}</bdi> })}</p>
        )}
        <Row>
          <Button kind="main" onPress={close}>
            {words.t("back_to_interview")}
          </Button>
          <Button
            onPress={() => {
              person.reset();
              setAsks(true);
            }}
          >
            {words.t("person.button")}
          </Button>
        </Row>
      </Dialog>
      <AskDialog
        about={asks ? "person" : null}
        close={() => setAsks(false)}
        confirm={() => person.mutate()}
        isPending={person.isPending}
        error={person.error}
      />
    </>
  );
}

function Keys({ actions }: { actions: Actions }) {
  const words = useWords();
  return (
    <dl className={styles.keys}>
      <Key name={KEYS.done} what={words.t("key.done")} />
      <Key name={KEYS.think} what={words.t("key.think")} />
      <Key name={KEYS.repeat} what={words.t("key.repeat")} />
      {actions.canType && <Key name={KEYS.type} what={words.t("key.type")} />}
      {actions.canPause && <Key name={KEYS.pause} what={words.t("key.pause")} />}
      <Key name={KEYS.mute} what={words.t("key.mute")} />
    </dl>
  );
}

function Key({ name, what }: { name: string; what: string }) {
  return (
    <>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{what}</dd>
    </>
  );
}

function Devices() {
  const words = useWords();
  const microphones = useMediaDeviceSelect({ kind: "audioinput" });
  const options = microphones.devices.map((one) => [one.deviceId, one.label || one.deviceId] as const);
  if (options.length < 2) return null;
  return (
    <Choice
      label={words.t("mic.which")}
      value={microphones.activeDeviceId}
      options={options}
      onChange={(device) => {
        chooseMicrophone(device);
        void microphones.setActiveMediaDevice(device);
      }}
    />
  );
}
