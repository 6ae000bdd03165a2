import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { api, body, type Shapes } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { When } from "../interviews/Interviews";
import { useMember, useRights } from "../session/data";
import { Choice } from "../../shared/ui/Choice";
import { DeskPage, Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { usePages } from "../ui/pages";
import { Refusal } from "../ui/Refusal";
import { Secret } from "../ui/Secret";
import { Sure } from "../ui/Sure";
import { Table } from "../ui/Table";
import { ROLES } from "../words";

type Member = Shapes["MemberView"];
type Role = Shapes["Role"];
const SHOWN = 50;
/** Who may come into a room, and so be called to one. */
const INTERVIEWING: ReadonlySet<Role> = new Set<Role>(["owner", "admin", "recruiter", "interviewer"]);
const ROLE_OPTIONS = Object.entries(ROLES) as [Role, string][];

export function Members() {
  const rights = useRights();
  const pages = usePages();
  const found = useQuery({
    queryKey: ["members", pages.at],
    queryFn: () => body(api.GET("/v1/members", { params: { query: { limit: SHOWN, ...pages.at } } })),
  });
  return (
    <DeskPage title="Members" tab="Members">
      {rights.leads && <Invite />}
      <p className="muted">
        Who is on call sees an alarm at the desk when the AI wants a person to take over; the webhook interview.relief_wanted names them.
      </p>
      <Loaded query={found}>
        {({ items, next }) => (
          <>
            <Rows members={items.filter((each) => each.removed_at === null)} />
            {pages.pager(next)}
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["members"] });
}

function Invite() {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("recruiter");
  const changed = useChanged();
  const invite = useMutation({
    mutationFn: () => body(api.POST("/v1/members", { body: { email, role } })),
    onSuccess: () => {
      setEmail("");
      return changed();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (LEADS[role] === undefined) invite.mutate();
  };
  return (
    <Section title="Invite a colleague">
      <form onSubmit={submit} className="row end">
        <TextField label="E-mail address" type="email" isRequired value={email} onChange={setEmail} />
        <Choice<Role> label="Role" value={role} options={ROLE_OPTIONS} onChange={setRole} />
        <div>
          {LEADS[role] === undefined ? (
            <Button type="submit" isPending={invite.isPending}>
              Make a link
            </Button>
          ) : (
            <Sure what={`Invite ${email || "them"} as ${ROLES[role]}`} label="Make a link" onSure={() => invite.mutate()}>
              {LEADS[role]}
            </Sure>
          )}
        </div>
      </form>
      {invite.isError && <Refusal error={invite.error} />}
      {invite.isSuccess && (
        <Secret title={`A link for ${invite.data.email}`} secret={invite.data.setup_url}>
          Send it to them: with it they choose a password. It is shown this once.
        </Secret>
      )}
    </Section>
  );
}

function Rows({ members }: { members: readonly Member[] }) {
  const me = useMember();
  const { leads } = useRights();
  const changed = useChanged();
  const change = useMutation({
    mutationFn: ({ id, ...changed }: { id: string; role?: Role; on_call?: boolean }) =>
      body(api.PATCH("/v1/members/{member_id}", { params: { path: { member_id: id } }, body: changed })),
    onSuccess: changed,
  });
  const link = useMutation({
    mutationFn: (id: string) => body(api.POST("/v1/members/{member_id}/setup-links", { params: { path: { member_id: id } } })),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.DELETE("/v1/members/{member_id}", { params: { path: { member_id: id } } }),
    onSuccess: changed,
  });
  const wrong = change.error ?? link.error ?? remove.error;
  return (
    <>
      {wrong !== null && <Refusal error={wrong} />}
      {link.isSuccess && (
        <Secret title="A new link" secret={link.data.setup_url}>
          With it they choose a new password. It is shown this once.
        </Secret>
      )}
      <Table
        caption="Members"
        rows={members}
        keyOf={(row) => row.id}
        columns={[
          { name: "Member", kind: "lead", cell: (row) => <bdi>{row.email}</bdi> },
          {
            name: "Role",
            cell: (row) =>
              leads && row.id !== me.id ? (
                <RoleOf
                  key={row.role}
                  member={row}
                  isPending={change.isPending && change.variables.id === row.id}
                  onSave={(role) => change.mutate({ id: row.id, role })}
                />
              ) : (
                ROLES[row.role]
              ),
          },
          {
            name: "On call",
            cell: (row) =>
              leads && INTERVIEWING.has(row.role) ? (
                <input
                  type="checkbox"
                  aria-label={`${row.email} is on call`}
                  checked={row.on_call}
                  onChange={(event) => change.mutate({ id: row.id, on_call: event.target.checked })}
                />
              ) : (
                <span className="muted">{row.on_call ? "yes" : "–"}</span>
              ),
          },
          { name: "Since", cell: (row) => <When at={row.created_at} none="–" /> },
          ...(leads
            ? [
                {
                  name: "Change",
                  kind: "actions" as const,
                  cell: (row: Member) =>
                    row.id === me.id ? (
                      <span className="muted">you</span>
                    ) : (
                      <span className="row">
                        <Button kind="quiet" aria-label={`New link for ${row.email}`} onPress={() => link.mutate(row.id)}>
                          New link
                        </Button>
                        <Sure what={`Remove ${row.email}`} label="Remove" onSure={() => remove.mutate(row.id)}>
                          Their sessions and keys end at once. What they judged and decided stays.
                        </Sure>
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

interface RoleProps {
  member: Member;
  isPending: boolean;
  onSave: (role: Role) => void;
}

/** Chosen first, then saved: a list changes with every arrow key. Who is to lead is asked once more. */
function RoleOf({ member, isPending, onSave }: RoleProps) {
  const [chosen, setChosen] = useState(member.role);
  const name = ROLES[chosen];
  return (
    <span className="row">
      <select
        aria-label={`Role of ${member.email}`}
        value={chosen}
        disabled={isPending}
        onChange={(event) => setChosen(ROLE_OPTIONS.find(([role]) => role === event.target.value)?.[0] ?? member.role)}
      >
        {ROLE_OPTIONS.map(([role, words]) => (
          <option key={role} value={role}>
            {words}
          </option>
        ))}
      </select>
      {chosen !== member.role &&
        (LEADS[chosen] === undefined ? (
          <Button isPending={isPending} aria-label={`Save: ${member.email} becomes ${name}`} onPress={() => onSave(chosen)}>
            Save
          </Button>
        ) : (
          <Sure what={`Make ${member.email} ${name}`} label="Save" onSure={() => onSave(chosen)}>
            {LEADS[chosen]}
          </Sure>
        ))}
      {isPending && <span className="muted small">Saving</span>}
    </span>
  );
}

const LEADS: Readonly<Partial<Record<Role, string>>> = {
  owner: "Owners may do everything: make and remove owners, connect other systems, change how your organisation signs in.",
  admin: "Administrators look after members, keys, webhooks and settings.",
};
