import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import type { Interview } from "../data";
import { Section } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Refusal } from "../ui/Refusal";
import { Secret } from "../ui/Secret";
import { Table } from "../ui/Table";
import { When } from "./Interviews";

const AWAITED: readonly Interview["state"][] = ["draft", "invited", "ready", "live", "paused"];
const LINKS = { waiting: "Waiting", redeemed: "Used", withdrawn: "Withdrawn", expired: "Too old" } as const;

/** Who lost their link gets another one, wherever the interview stands: it leads to what there is then. */
export function Links({ interview, state }: { interview: string; state: Interview["state"] }) {
  const found = useQuery({
    queryKey: ["links", interview],
    queryFn: () => body(api.GET("/v1/interviews/{interview_id}/invitations", { params: { path: { interview_id: interview } } })),
  });
  const client = useQueryClient();
  const link = useMutation({
    mutationFn: () =>
      body(
        api.POST("/v1/interviews/{interview_id}/invitations", {
          params: { path: { interview_id: interview }, header: idempotent() },
          body: {},
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["links", interview] }),
  });
  const make = (
    <Button isPending={link.isPending} onPress={() => link.mutate()}>
      New link
    </Button>
  );
  return (
    <Section title="Links" actions={state !== "draft" && make}>
      {!AWAITED.includes(state) && (
        <p className="muted small">A new link leads to the candidate’s own words and rights now, and no mail is written: it is yours to pass on.</p>
      )}
      {link.isError && <Refusal error={link.error} />}
      {link.isSuccess && (
        <Secret title="A new link" secret={link.data.invitation_url}>
          It is shown this once, and works once. Earlier links that nobody used stop working.
        </Secret>
      )}
      <Loaded query={found}>
        {({ items }) => (
          <Table
            caption="Links"
            rows={items}
            keyOf={(link) => link.id}
            empty="No link was made."
            columns={[
              { name: "State", cell: (link) => LINKS[link.state] },
              { name: "Made", cell: (link) => <When at={link.created_at} none="–" /> },
              { name: "Used", cell: (link) => <When at={link.redeemed_at} none="–" /> },
              { name: "Good until", cell: (link) => <When at={link.expires_at} none="No end" /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
