import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { Fragment, useState, type ReactNode } from "react";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { Actions, Dialog } from "../../shared/ui/Dialog";
import { Notice } from "../../shared/ui/Notice";
import { TextField } from "../../shared/ui/TextField";
import type { KitView } from "../data";
import { count } from "../format";
import { Section } from "../ui/DeskPage";
import { NotSaved } from "../ui/NotSaved";
import { Refusal } from "../ui/Refusal";
import { CompetencyFields } from "./CompetencyFields";
import { Coverage } from "./Coverage";
import {
  gapsIn,
  moved,
  newCompetency,
  newQuestion,
  replaced,
  short,
  withCompetencyBack,
  withoutCompetency,
  withoutQuestion,
  type Body,
} from "./model";
import { FactFields } from "./FactFields";
import { ModelFields } from "./ModelFields";
import { NumberField } from "./NumberField";
import { Removed } from "./Removed";
import { useDraft, type Draft } from "./useDraft";
import { useRemoved } from "./useRemoved";
import { warningsKey } from "./Warnings";
import { QuestionFields } from "./QuestionFields";
import { SectionHead } from "./SectionHead";
import { withOneSection, withQuestionBack, withQuestions } from "./sections";
import styles from "./Kit.module.css";

/** A draft: what is asked, and by which words answers are judged. */
export function Editor({ kit, etag }: { kit: KitView; etag: string }) {
  const draft = useDraft(kit, etag);
  const { value, set, save, isChanged } = draft;
  const navigate = useNavigate();
  const rehearse = async () => {
    if (isChanged && (await draft.saved()) === null) return;
    await navigate({ to: "/kits/$kit/mock", params: { kit: kit.id } });
  };
  return (
    <div className={styles.editor}>
      <div key={draft.round} className="stack">
        <General draft={value} onChange={set} />
        <ModelFields draft={value} onChange={set} />
        <Competencies draft={value} onChange={set} />
        <Questions draft={value} onChange={set} />
        <FactFields draft={value} onChange={set} />
      </div>
      <aside className={styles.side} aria-label="State of the draft">
        <Coverage kit={value} />
        {save.isError && (
          <NotSaved
            error={save.error}
            what="this draft"
            onAgain={() => void draft.saved()}
            onTheirs={draft.takeTheirs}
            onMine={draft.keepMine}
          />
        )}
        <div className="row">
          <Button kind="main" isDisabled={!isChanged || !draft.isWhole} isPending={save.isPending} onPress={() => void draft.saved()}>
            Save the draft
          </Button>
          <Publish kit={kit.id} etag={draft.mark} isReady={!isChanged && gapsIn(value).length === 0} />
        </div>
        <div>
          <Button isDisabled={!draft.isWhole} isPending={save.isPending} onPress={() => void rehearse()}>
            {isChanged ? "Save and try it by voice" : "Try it by voice"}
          </Button>
        </div>
        <p className="muted small" aria-live="polite">
          {isChanged ? "There are changes that are not saved." : "Everything is saved."}
        </p>
        <Remove kit={kit} etag={draft.mark} onRemove={draft.letGo} />
      </aside>
      <Leaving draft={draft} />
    </div>
  );
}

/** Who goes away with changes is asked, on every way out but a closed laptop. */
function Leaving({ draft }: { draft: Draft }) {
  const way = useBlocker({
    shouldBlockFn: () => !draft.mayGo(),
    enableBeforeUnload: () => !draft.mayGo(),
    withResolver: true,
  });
  if (way.status !== "blocked") return null;
  const save = async () => {
    if ((await draft.saved()) === null) way.reset();
    else way.proceed();
  };
  return (
    <Dialog title="Leave with changes that are not saved?" isOpen alert onClose={way.reset}>
      <p>They are on this page alone.</p>
      <Actions>
        <Button kind="main" isDisabled={!draft.isWhole} isPending={draft.save.isPending} onPress={() => void save()}>
          Save and leave
        </Button>
        <Button kind="danger" onPress={way.proceed}>
          Leave without them
        </Button>
        <Button onPress={way.reset}>Stay</Button>
      </Actions>
    </Dialog>
  );
}

interface Part {
  draft: Body;
  onChange: (draft: Body) => void;
}

function General({ draft, onChange }: Part) {
  return (
    <Section title="The interview">
      <div className={styles.fields}>
        <TextField label="Name" value={draft.name} onChange={(name) => onChange({ ...draft, name })} />
        <TextField label="Language" value={draft.language} onChange={(language) => onChange({ ...draft, language })} />
        <NumberField label="Minutes" value={draft.minutes} onChange={(minutes) => onChange({ ...draft, minutes })} />
      </div>
      <TextField label="Introduction" rows={2} value={draft.intro ?? ""} onChange={(intro) => onChange({ ...draft, intro })} />
      <TextField label="Closing words" rows={2} value={draft.closing ?? ""} onChange={(closing) => onChange({ ...draft, closing })} />
    </Section>
  );
}

function Competencies({ draft, onChange }: Part) {
  const set = (competencies: Body["competencies"]) => onChange({ ...draft, competencies });
  const removed = useRemoved(draft, onChange, withCompetencyBack);
  const remove = (each: Body["competencies"][number], at: number) => {
    removed.note(each.key, each.name, at);
    onChange(withoutCompetency(draft, each.key));
  };
  return (
    <Section
      title="Competencies"
      actions={<Button onPress={() => set([...draft.competencies, newCompetency(draft)])}>Add a competency</Button>}
    >
      <Listed
        items={draft.competencies}
        removed={removed}
        show={(each, n) => (
          <CompetencyFields
            competency={each}
            isBack={each.key === removed.back}
            onChange={(now) => set(replaced(draft.competencies, n, now))}
            onMove={(by) => set(moved(draft.competencies, n, by))}
            onRemove={() => remove(each, n)}
          />
        )}
      />
    </Section>
  );
}

function Questions({ draft, onChange }: Part) {
  const set = (questions: Body["questions"]) => onChange(withQuestions(draft, questions));
  const removed = useRemoved(draft, onChange, withQuestionBack);
  const remove = (each: Body["questions"][number], at: number) => {
    removed.note(each.key, short(each.text), at);
    onChange(withoutQuestion(draft, each.key));
  };
  return (
    <Section
      title="Questions"
      actions={
        <>
          <Button onPress={() => set([...draft.questions, newQuestion(draft)])}>Add a question</Button>
          {(draft.sections ?? []).length === 0 && draft.questions.length > 0 && (
            <Button kind="quiet" onPress={() => onChange(withOneSection(draft))}>
              Divide into sections
            </Button>
          )}
        </>
      }
    >
      <Listed
        items={draft.questions}
        removed={removed}
        show={(each, n) => (
          <>
            <SectionHead draft={draft} n={n} onChange={onChange} />
            <QuestionFields
              number={n + 1}
              question={each}
              isBack={each.key === removed.back}
              competencies={draft.competencies}
              isProbed={draft.probing === "model"}
              onChange={(now) => set(replaced(draft.questions, n, now))}
              onMove={(by) => set(moved(draft.questions, n, by))}
              onRemove={() => remove(each, n)}
            />
          </>
        )}
      />
    </Section>
  );
}

interface ListedProps<T> {
  items: readonly T[];
  removed: ReturnType<typeof useRemoved>;
  show: (item: T, at: number) => ReactNode;
}

/** What is there, and in its place what was removed last. */
function Listed<T extends { key: string }>({ items, removed: { taken, undo }, show }: ListedProps<T>) {
  const isTaken = taken !== null && items.every((each) => each.key !== taken.key);
  const gap = isTaken ? <Removed key={`removed ${taken.key}`} what={taken.what} onBack={undo} /> : null;
  const at = Math.min(taken?.at ?? 0, items.length);
  const shown = items.map((each, n) => <Fragment key={each.key}>{show(each, n)}</Fragment>);
  return <>{[...shown.slice(0, at), gap, ...shown.slice(at)]}</>;
}

function Publish({ kit, etag, isReady }: { kit: string; etag: string; isReady: boolean }) {
  const [asks, setAsks] = useState(false);
  const client = useQueryClient();
  const publish = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/kits/{kit_id}/publish", { params: { path: { kit_id: kit }, header: { "If-Match": etag, ...idempotent() } } })),
    onSuccess: async ({ warnings }) => {
      client.setQueryData(warningsKey(kit), warnings);
      setAsks(false);
      await client.invalidateQueries({ predicate: ({ queryKey }) => ["kit", "kits"].includes(String(queryKey[0])) });
    },
  });
  return (
    <>
      <Button isDisabled={!isReady} onPress={() => setAsks(true)}>
        Publish
      </Button>
      <Dialog title="Publish this kit?" isOpen={asks} alert onClose={() => setAsks(false)}>
        <p>It becomes a version that never changes: everybody who is invited with it is asked the same. To change it, make a new draft of it.</p>
        {publish.isError && <Refusal error={publish.error} />}
        <Actions>
          <Button kind="main" isPending={publish.isPending} onPress={() => publish.mutate()}>
            Publish
          </Button>
          <Button onPress={() => setAsks(false)}>Not yet</Button>
        </Actions>
      </Dialog>
    </>
  );
}

function Remove({ kit, etag, onRemove }: { kit: KitView; etag: string; onRemove: () => void }) {
  const [asks, setAsks] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.DELETE("/v1/kits/{kit_id}", { params: { path: { kit_id: kit.id }, header: { "If-Match": etag } } }),
    onSuccess: async () => {
      onRemove();
      await navigate({ to: "/jobs/$job", params: { job: kit.job_id } });
      await client.invalidateQueries({ queryKey: ["kits"] });
    },
  });
  return (
    <>
      <div>
        <Button kind="quiet" onPress={() => setAsks(true)}>
          Remove the draft
        </Button>
      </div>
      <Dialog title="Remove this draft?" isOpen={asks} alert onClose={() => setAsks(false)}>
        <Notice kind="warn">{count(kit.questions.length, "question")} would be gone for good. Published versions stay.</Notice>
        {remove.isError && <Refusal error={remove.error} />}
        <Actions>
          <Button kind="danger" isPending={remove.isPending} onPress={() => remove.mutate()}>
            Remove the draft
          </Button>
          <Button onPress={() => setAsks(false)}>Keep it</Button>
        </Actions>
      </Dialog>
    </>
  );
}
