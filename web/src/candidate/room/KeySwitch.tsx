import { useState } from "react";
import { SwitchButton, SwitchField } from "react-aria-components";
import { browser } from "../../shared/storage";
import { useWords } from "../../shared/i18n/i18n";
import styles from "./KeySwitch.module.css";

const KEPT = "viv.keys";

export function areKeysWanted(): boolean {
  return browser.get(KEPT) !== "off";
}

/** Whether single keys do something: not for who speaks to their computer. */
export function KeySwitch({ changed }: { changed?: (on: boolean) => void }) {
  const words = useWords();
  const [isOn, setIsOn] = useState(areKeysWanted);
  const change = (on: boolean) => {
    browser.set(KEPT, on ? "on" : "off");
    setIsOn(on);
    changed?.(on);
  };
  return (
    <SwitchField isSelected={isOn} onChange={change}>
      <SwitchButton className={styles.switch ?? ""}>
        <span className={styles.knob} aria-hidden="true" />
        {words.t("key.on")}
      </SwitchButton>
    </SwitchField>
  );
}
