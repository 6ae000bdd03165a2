import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { marked, type Marked } from "../data";
import { useRights } from "../session/data";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { NotSaved } from "../ui/NotSaved";
import { Table } from "../ui/Table";
import styles from "./house.module.css";

type View = Shapes["ProvidersView"];
type Purpose = (typeof PURPOSES)[number];

/** One endpoint as it is being written; an empty key leaves the one that is stored. */
interface Row {
  id: string;
  name: string;
  url: string;
  model: string;
  key: string;
  hint: string | null;
}
type Chains = Readonly<Record<Purpose, readonly Row[]>>;

const PURPOSES = ["stt", "tts", "llm"] as const;
const NAMES: Readonly<Record<Purpose, string>> = { stt: "Hearing", tts: "Speaking", llm: "Thinking" };

/** Who hears, speaks and thinks, and what an interview may cost. Keys are never shown. */
export function Models() {
  const found = useQuery({ queryKey: ["providers"], refetchOnWindowFocus: false, queryFn: () => marked(api.GET("/v1/settings/providers")) });
  const { leads } = useRights();
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
    <Section title="Models">
      <p className="muted">
        Tried in their order: one that fails is passed over. Without any, those are used that whoever runs this service has set.
      </p>
      <Loaded query={found}>
        {(given) => (leads ? <Form key={round} given={given} onTheirs={begin} onMark={again} /> : <Shown given={given.value} />)}
      </Loaded>
    </Section>
  );
}

function Shown({ given }: { given: View }) {
  return (
    <Table
      caption="Models"
      rows={PURPOSES.flatMap((purpose) => given[purpose].map((each) => ({ purpose, ...each })))}
      keyOf={(row) => `${row.purpose} ${row.name}`}
      empty="None of your own."
      columns={[
        { name: "For", cell: (row) => NAMES[row.purpose] },
        { name: "Provider", kind: "lead", cell: (row) => <bdi>{row.name}</bdi> },
        { name: "Model", cell: (row) => row.model },
        { name: "Address", cell: (row) => <span className="mono">{row.url}</span> },
        { name: "Key", cell: (row) => row.key_hint ?? "none" },
      ]}
    />
  );
}

interface FormProps {
  given: Marked<View>;
  /** Begins with what is stored now. */
  onTheirs: () => Promise<void>;
  /** The mark of what is stored now. */
  onMark: () => Promise<string>;
}

interface Draft {
  readonly chains: Chains;
  readonly amount: string;
  readonly currency: string;
}

/** What was written, in place of which version. */
interface Asked {
  readonly asked: Draft;
  readonly over: string;
}

function draftOf(value: View): Draft {
  return {
    chains: { stt: rowsOf(value.stt), tts: rowsOf(value.tts), llm: rowsOf(value.llm) },
    amount: value.budget_per_interview?.amount ?? "",
    currency: value.budget_per_interview?.currency ?? "USD",
  };
}

function Form({ given, onTheirs, onMark }: FormProps) {
  const [{ value, etag }, setStored] = useState(given);
  const [draft, setDraft] = useState(() => draftOf(value));
  const [saved, setSaved] = useState<Draft | null>(null);
  const { chains, amount, currency } = draft;
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ asked, over }: Asked) =>
      marked(api.PUT("/v1/settings/providers", { params: { header: { "If-Match": over } }, body: bodyOf(asked) })),
    onSuccess: (now, { asked }) => {
      setStored(now);
      // Keys that were stored are not shown any more; what was written meanwhile stays.
      const stored = draftOf(now.value);
      setDraft((latest) => (latest === asked ? stored : latest));
      setSaved(stored);
      client.setQueryData(["providers"], now);
    },
  });
  return (
    <div className="stack">
      {PURPOSES.map((purpose) => (
        <Chain key={purpose} name={NAMES[purpose]} rows={chains[purpose]} onChange={(rows) => setDraft({ ...draft, chains: { ...chains, [purpose]: rows } })} />
      ))}
      <div className={styles.fields}>
        <TextField
          label="An interview may cost"
          inputMode="decimal"
          help="Empty: no limit. When it is used up, the interview goes on with the kit’s own words."
          value={amount}
          onChange={(text) => setDraft({ ...draft, amount: text })}
        />
        <TextField label="Currency" help="Three letters, such as USD." value={currency} onChange={(text) => setDraft({ ...draft, currency: text })} />
      </div>
      {save.isError && (
        <NotSaved
          error={save.error}
          what="these models"
          onAgain={() => save.mutate({ asked: draft, over: etag })}
          onTheirs={onTheirs}
          onMine={async () => save.mutateAsync({ asked: draft, over: await onMark() })}
        />
      )}
      <div className="row">
        <Button isPending={save.isPending} onPress={() => save.mutate({ asked: draft, over: etag })}>
          Save the models
        </Button>
        <span aria-live="polite">{draft === saved && "Saved. They count from the next interview on."}</span>
      </div>
    </div>
  );
}

function bodyOf({ chains, amount, currency }: Draft): Shapes["ProvidersGiven"] {
  return {
    ...{ stt: chains.stt.map(told), tts: chains.tts.map(told), llm: chains.llm.map(told) },
    budget_per_interview: amount.trim() === "" ? null : { amount: amount.trim(), currency },
  };
}

function Chain({ name, rows, onChange }: { name: string; rows: readonly Row[]; onChange: (rows: readonly Row[]) => void }) {
  const change = (id: string, by: Partial<Row>) => onChange(rows.map((row) => (row.id === id ? { ...row, ...by } : row)));
  return (
    <fieldset className="stack">
      <legend className={styles.legend}>{name}</legend>
      {rows.map((row, n) => (
        <article key={row.id} className="card" aria-label={`${name} ${n + 1}`}>
          <div className={styles.fields}>
            <TextField label="Provider" isRequired value={row.name} onChange={(text) => change(row.id, { name: text })} />
            <TextField label="Model" isRequired value={row.model} onChange={(text) => change(row.id, { model: text })} />
            <TextField label="Address" type="url" isRequired value={row.url} onChange={(text) => change(row.id, { url: text })} />
            <TextField
              label="Key"
              type="password"
              autoComplete="off"
              help={row.hint === null ? "None is stored." : `Stored, and ends in ${row.hint}. Empty: it stays.`}
              value={row.key}
              onChange={(text) => change(row.id, { key: text })}
            />
          </div>
          <div>
            <Button kind="quiet" aria-label={`Remove ${name} ${n + 1}`} onPress={() => onChange(rows.filter((each) => each.id !== row.id))}>
              Remove
            </Button>
          </div>
        </article>
      ))}
      <div>
        <Button aria-label={`Add a provider for ${name.toLowerCase()}`} onPress={() => onChange([...rows, rowOf()])}>
          Add a provider
        </Button>
      </div>
    </fieldset>
  );
}

function rowsOf(endpoints: View["stt"]): readonly Row[] {
  return endpoints.map((each) => ({ ...rowOf(), ...{ name: each.name, url: each.url, model: each.model }, hint: each.key_hint }));
}

function rowOf(): Row {
  return { id: crypto.randomUUID(), name: "", url: "", model: "", key: "", hint: null };
}

function told({ name, url, model, key }: Row): Shapes["ProviderGiven"] {
  return { name, url, model, ...(key === "" ? {} : { key }) };
}
