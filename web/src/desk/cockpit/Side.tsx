import { useState, type ComponentProps } from "react";
import { Tab as Handle, TabList, TabPanel, Tabs } from "react-aria-components";
import type { Booth, Snapshot } from "./booth";
import { Chat } from "./Chat";
import { Notes } from "./Notes";
import styles from "./Panels.module.css";
import { Rate } from "./Rate";
import { TABS, type Tab } from "./tabs";
import type { OwnNotes } from "./useNotes";

interface Props {
  tab: Tab;
  setTab: (tab: Tab) => void;
  booth: Booth;
  now: Snapshot;
  notes: OwnNotes;
  rates: boolean;
  rating: ComponentProps<typeof Rate>;
}

const NAMES: Readonly<Record<Tab, readonly [string, string]>> = {
  notes: ["Notes", "N"],
  rate: ["Rating", "R"],
  chat: ["Chat", "C"],
};

/** What one writes down, judges and says to the others; none of it reaches the candidate. */
export function Side({ tab, setTab, booth, now, notes, rates, rating }: Props) {
  const readers = now.people.filter((one) => one.role === "interviewer").length;
  const [read, setRead] = useState(0);
  if (tab === "chat" && read !== now.chat.length) setRead(now.chat.length);
  const unread = tab === "chat" ? 0 : now.chat.length - read;
  const shown = TABS.filter((each) => each !== "rate" || rates);
  return (
    <Tabs
      className={styles.tabs ?? ""}
      selectedKey={tab}
      onSelectionChange={(key) => setTab(TABS.find((each) => each === key) ?? "notes")}
    >
      <TabList aria-label="For interviewers alone" className={styles.tablist ?? ""}>
        {shown.map((each) => (
          <Handle key={each} id={each} className={styles.tab ?? ""} aria-keyshortcuts={NAMES[each][1]}>
            {NAMES[each][0]}
            {each === "chat" && unread > 0 && (
              <span className={styles.count}>
                {unread}
                <span className="unseen"> unread</span>
              </span>
            )}
            <kbd className={styles.key} aria-hidden="true">
              {NAMES[each][1]}
            </kbd>
          </Handle>
        ))}
      </TabList>
      <TabPanel id="notes" shouldForceMount className={styles.tabpanel ?? ""}>
        <div data-panel="notes">
          <Notes own={notes} />
        </div>
      </TabPanel>
      {rates && (
        <TabPanel id="rate" shouldForceMount className={styles.tabpanel ?? ""}>
          <Rate {...rating} />
        </TabPanel>
      )}
      <TabPanel id="chat" shouldForceMount className={styles.tabpanel ?? ""}>
        <div data-panel="chat">
          <Chat booth={booth} messages={now.chat} readers={readers} />
        </div>
      </TabPanel>
    </Tabs>
  );
}
