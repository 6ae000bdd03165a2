import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { marked, type Marked } from "../data";
import { useRights } from "../session/data";
import { Check } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { ROLES } from "../words";
import { Models } from "./Models";
import { Provider } from "./Provider";
import styles from "./house.module.css";

type View = Shapes["SettingsView"];
const MAY_BE_BLIND = ["recruiter", "interviewer", "reviewer"] as const;

export function Settings() {
  const found = useQuery({ queryKey: ["settings"], queryFn: () => marked(api.GET("/v1/settings")) });
  const [saved, setSaved] = useState("");
  return (
    <DeskPage title="Settings" tab="Settings">
      <Loaded query={found}>{(settings) => <Form key={settings.etag} settings={settings} isSaved={saved === settings.etag} onSaved={setSaved} />}</Loaded>
      <Provider />
      <Models />
    </DeskPage>
  );
}

interface FormProps {
  settings: Marked<View>;
  isSaved: boolean;
  /** With the mark of what is stored now: the form begins anew with it. */
  onSaved: (etag: string) => void;
}

function Form({ settings: { value, etag }, isSaved, onSaved }: FormProps) {
  const { leads } = useRights();
  const [blind, setBlind] = useState(value.blind_roles);
  const [send, setSend] = useState(value.mail.send);
  const [replyTo, setReplyTo] = useState(value.mail.reply_to ?? "");
  const [zone, setZone] = useState(value.time_zone);
  const [shares, setShares] = useState(value.shares_results);
  const [origins, setOrigins] = useState(value.allowed_origins.join("\n"));
  const [room, setRoom] = useState({
    hides: value.observers_may_hide,
    returns: String(value.floor_returns_after_s),
    awaited: String(value.interviewer_awaited_s),
  });
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      marked(
        api.PATCH("/v1/settings", {
          params: { header: { "If-Match": etag } },
          // All of them: a setting that the API learns and this page does not know fails the build.
          body: {
            blind_roles: blind,
            mail: { send, reply_to: replyTo === "" ? null : replyTo } satisfies Required<Shapes["MailChanges"]>,
            time_zone: zone,
            shares_results: shares,
            allowed_origins: origins.split("\n").filter((line) => line.trim() !== ""),
            observers_may_hide: room.hides,
            floor_returns_after_s: Number(room.returns),
            interviewer_awaited_s: Number(room.awaited),
          } satisfies Required<Shapes["SettingsChanges"]>,
        }),
      ),
    onSuccess: (now) => {
      onSaved(now.etag);
      client.setQueryData(["settings"], now);
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
                checked={blind.includes(role)}
                onChange={(on) => setBlind(on ? [...blind, role] : blind.filter((each) => each !== role))}
              />
            ))}
          </div>
        </fieldset>
        <Check
          label="Show candidates their results"
          help="After a person has decided: levels and the quotes that they rest on."
          disabled={!leads}
          checked={shares}
          onChange={setShares}
        />
      </Section>
      <Section title="Mails to candidates">
        <Check label="Write to candidates" disabled={!leads} checked={send} onChange={setSend} />
        <div className={styles.fields}>
          <TextField label="Answers go to" type="email" isDisabled={!leads} value={replyTo} onChange={setReplyTo} />
          <TextField label="Time zone" isDisabled={!leads} value={zone} onChange={setZone} />
        </div>
      </Section>
      <InTheRoom value={room} onChange={setRoom} disabled={!leads} />
      <Section title="Pages of others">
        <TextField
          label="May call from a browser"
          help="One origin a line, such as https://jobs.example.com."
          rows={2}
          isDisabled={!leads}
          value={origins}
          onChange={setOrigins}
        />
      </Section>
      {save.isError && <Refusal error={save.error} onRetry={() => void client.invalidateQueries({ queryKey: ["settings"] })} />}
      {leads && (
        <div className="row">
          <Button kind="main" isPending={save.isPending} onPress={() => save.mutate()}>
            Save the settings
          </Button>
          <span aria-live="polite">{isSaved && "Saved."}</span>
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
          help="Where a person leads and none has come."
          inputMode="numeric"
          isDisabled={disabled}
          value={value.awaited}
          onChange={(awaited) => onChange({ ...value, awaited })}
        />
      </div>
      <Check
        label="Observers may be hidden"
        help="Candidates do not see them then: your notice has to say so."
        disabled={disabled}
        checked={value.hides}
        onChange={(hides) => onChange({ ...value, hides })}
      />
    </Section>
  );
}
