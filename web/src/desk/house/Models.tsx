import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { marked, type Marked } from "../data";
import { useRights } from "../session/data";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
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
  const found = useQuery({ queryKey: ["providers"], queryFn: () => marked(api.GET("/v1/settings/providers")) });
  const { leads } = useRights();
  const [saved, setSaved] = useState("");
  return (
    <Section title="Models">
      <p className="muted">
        Tried in their order: one that fails is passed over. Without any, those are used that whoever runs this service has set.
      </p>
      <Loaded query={found}>
        {(given) => (leads ? <Form key={given.etag} given={given} isSaved={saved === given.etag} onSaved={setSaved} /> : <Shown given={given.value} />)}
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
  isSaved: boolean;
  onSaved: (etag: string) => void;
}

function Form({ given: { value, etag }, isSaved, onSaved }: FormProps) {
  const [chains, setChains] = useState<Chains>(() => ({ stt: rowsOf(value.stt), tts: rowsOf(value.tts), llm: rowsOf(value.llm) }));
  const [amount, setAmount] = useState(value.budget_per_interview?.amount ?? "");
  const [currency, setCurrency] = useState(value.budget_per_interview?.currency ?? "USD");
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      marked(
        api.PUT("/v1/settings/providers", {
          params: { header: { "If-Match": etag } },
          body: {
            ...{ stt: chains.stt.map(told), tts: chains.tts.map(told), llm: chains.llm.map(told) },
            budget_per_interview: amount.trim() === "" ? null : { amount: amount.trim(), currency },
          },
        }),
      ),
    onSuccess: (now) => {
      onSaved(now.etag);
      client.setQueryData(["providers"], now);
    },
  });
  return (
    <div className="stack">
      {PURPOSES.map((purpose) => (
        <Chain key={purpose} name={NAMES[purpose]} rows={chains[purpose]} onChange={(rows) => setChains({ ...chains, [purpose]: rows })} />
      ))}
      <div className={styles.fields}>
        <TextField
          label="An interview may cost"
          inputMode="decimal"
          help="Empty: no limit. When it is used up, the interview goes on with the kit’s own words."
          value={amount}
          onChange={setAmount}
        />
        <TextField label="Currency" help="Three letters, such as USD." value={currency} onChange={setCurrency} />
      </div>
      {save.isError && <Refusal error={save.error} onRetry={() => void client.invalidateQueries({ queryKey: ["providers"] })} />}
      <div className="row">
        <Button isPending={save.isPending} onPress={() => save.mutate()}>
          Save the models
        </Button>
        <span aria-live="polite">{isSaved && "Saved. They count from the next interview on."}</span>
      </div>
    </div>
  );
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
