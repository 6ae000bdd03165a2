import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { marked, settingsQuery, type Marked } from "../data";
import { contactQuery, useRights } from "../session/data";
import { Check } from "../../shared/ui/Choice";
import { NoAnswers } from "../ui/NoAnswers";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { NotSaved } from "../ui/NotSaved";
import { ROLES } from "../words";
import { Models } from "./Models";
import { Provider } from "./Provider";
import styles from "./house.module.css";

type View = Shapes["SettingsView"];
const MAY_BE_BLIND = ["recruiter", "interviewer", "reviewer"] as const;

export function Settings() {
  const found = useQuery(settingsQuery);
  const [round, setRound] = useState(0);
  const again = async () => {
    const { data } = await found.refetch({ throwOnError: true });
    return data?.etag ?? "*";
  };
  const begin = async () => {
    await again();
    setRound(round + 1);
  };
  return (
    <DeskPage title="Settings" tab="Settings">
      <Loaded query={found}>{(settings) => <Form key={round} settings={settings} onTheirs={begin} onMark={again} />}</Loaded>
      <Provider />
      <Models />
    </DeskPage>
  );
}

interface FormProps {
  settings: Marked<View>;
  /** Begins with what is stored now. */
  onTheirs: () => Promise<void>;
  /** The mark of what is stored now. */
  onMark: () => Promise<string>;
}

interface Draft {
  readonly blind: View["blind_roles"];
  readonly send: boolean;
  readonly replyTo: string;
  readonly zone: string;
  readonly shares: boolean;
  readonly origins: string;
  readonly room: Room;
}

function draftOf(value: View): Draft {
  return {
    blind: value.blind_roles,
    send: value.mail.send,
    replyTo: value.mail.reply_to ?? "",
    zone: value.time_zone,
    shares: value.shares_results,
    origins: value.allowed_origins.join("\n"),
    room: {
      hides: value.observers_may_hide,
      returns: String(value.floor_returns_after_s),
      awaited: String(value.interviewer_awaited_s),
    },
  };
}

/** What was written, in place of which version. */
interface Asked {
  readonly asked: Draft;
  readonly over: string;
}

/** All of them: a setting that the API learns and this page does not know fails the build. */
function changesOf({ blind, send, replyTo, zone, shares, origins, room }: Draft) {
  return {
    blind_roles: blind,
    mail: { send, reply_to: replyTo === "" ? null : replyTo } satisfies Required<Shapes["MailChanges"]>,
    time_zone: zone,
    shares_results: shares,
    allowed_origins: origins.split("\n").filter((line) => line.trim() !== ""),
    observers_may_hide: room.hides,
    floor_returns_after_s: Number(room.returns),
    interviewer_awaited_s: Number(room.awaited),
  } satisfies Required<Shapes["SettingsChanges"]>;
}

function Form({ settings, onTheirs, onMark }: FormProps) {
  const { leads } = useRights();
  const [{ value, etag }, setStored] = useState(settings);
  const [draft, setDraft] = useState(() => draftOf(value));
  const [saved, setSaved] = useState<Draft | null>(null);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ asked, over }: Asked) =>
      marked(api.PATCH("/v1/settings", { params: { header: { "If-Match": over } }, body: changesOf(asked) })),
    onSuccess: (now, { asked }) => {
      setStored(now);
      setSaved(asked);
      client.setQueryData(["settings"], now);
      client.setQueryData(contactQuery.queryKey, now.value.mail.reply_to);
    },
  });
  return (
    <>
      <Section title="Judging">
        <fieldset disabled={!leads}>
          <legend className={styles.legend}>Who rates before they see what others judged</legend>
          <div className={styles.checks}>
            {MAY_BE_BLIND.map((role) => (
              <Check
                key={role}
                label={ROLES[role]}
                checked={draft.blind.includes(role)}
                onChange={(on) => set({ blind: on ? [...draft.blind, role] : draft.blind.filter((each) => each !== role) })}
              />
            ))}
          </div>
        </fieldset>
        <Check
          label="Show candidates their results"
          help="After a person has decided: levels and the quotes that they rest on."
          disabled={!leads}
          checked={draft.shares}
          onChange={(shares) => set({ shares })}
        />
      </Section>
      <Section title="Mails to candidates">
        <Check label="Write to candidates" disabled={!leads} checked={draft.send} onChange={(send) => set({ send })} />
        <div className={styles.fields}>
          <TextField label="Answers go to" type="email" isDisabled={!leads} value={draft.replyTo} onChange={(replyTo) => set({ replyTo })} />
          <TextField label="Time zone" isDisabled={!leads} value={draft.zone} onChange={(zone) => set({ zone })} />
        </div>
        {draft.send && draft.replyTo.trim() === "" && <NoAnswers />}
      </Section>
      <InTheRoom value={draft.room} onChange={(room) => set({ room })} disabled={!leads} />
      <Section title="Pages of others">
        <TextField
          label="May call from a browser"
          help="One origin a line, such as https://jobs.example.com."
          rows={2}
          isDisabled={!leads}
          value={draft.origins}
          onChange={(origins) => set({ origins })}
        />
      </Section>
      {save.isError && (
        <NotSaved
          error={save.error}
          what="these settings"
          onAgain={() => save.mutate({ asked: draft, over: etag })}
          onTheirs={onTheirs}
          onMine={async () => save.mutateAsync({ asked: draft, over: await onMark() })}
        />
      )}
      {leads && (
        <div className="row">
          <Button kind="main" isPending={save.isPending} onPress={() => save.mutate({ asked: draft, over: etag })}>
            Save the settings
          </Button>
          <span aria-live="polite">{draft === saved && "Saved."}</span>
        </div>
      )}
    </>
  );
}

interface Room {
  readonly hides: boolean;
  readonly returns: string;
  readonly awaited: string;
}

interface InTheRoomProps {
  readonly value: Room;
  readonly onChange: (value: Room) => void;
  readonly disabled: boolean;
}

function InTheRoom({ value, onChange, disabled }: InTheRoomProps) {
  return (
    <Section title="People in the room">
      <div className={styles.fields}>
        <TextField
          label="Seconds until the AI goes on"
          help="When the person who leads is gone from the room."
          inputMode="numeric"
          isDisabled={disabled}
          value={value.returns}
          onChange={(returns) => onChange({ ...value, returns })}
        />
        <TextField
          label="Seconds that an interviewer is awaited"
          help="Where a person is to lead and none does: then the candidate is told, and people are called."
          inputMode="numeric"
          isDisabled={disabled}
          value={value.awaited}
          onChange={(awaited) => onChange({ ...value, awaited })}
        />
      </div>
      <Check
        label="Observers may be hidden"
        help="Candidates do not see them then. The notice tells that from then on; whoever agreed to an earlier one is not observed so."
        disabled={disabled}
        checked={value.hides}
        onChange={(hides) => onChange({ ...value, hides })}
      />
    </Section>
  );
}
