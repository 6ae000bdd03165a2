import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { jobQuery, kitQuery, kitsQuery, type KitView } from "../data";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { LoadedPage } from "../ui/LoadedPage";
import { Refusal } from "../ui/Refusal";
import { Coverage } from "./Coverage";
import { Editor } from "./Editor";
import { bodyOf } from "./model";
import { Printed } from "./Printed";
import { Warnings } from "./Warnings";

const route = getRouteApi("/kits/$kit");

export function Kit() {
  const { kit } = route.useParams();
  const found = useQuery({ ...kitQuery(kit), refetchOnWindowFocus: false });
  const rights = useRights();
  return (
    <LoadedPage query={found} title="Kit" above={<Link to="/jobs">Jobs</Link>}>
      {({ value, etag }) => (
        <DeskPage
          key={kit}
          title={<bdi>{value.name}</bdi>}
          tab={value.name}
          above={<Above kit={value} />}
          actions={<More kit={value} />}
        >
          {value.version === null && rights.hires ? (
            <Editor kit={value} etag={etag} />
          ) : (
            <>
              <Warnings kit={kit} />
              <Coverage kit={bodyOf(value)} />
              <Printed kit={value} />
            </>
          )}
        </DeskPage>
      )}
    </LoadedPage>
  );
}

function Above({ kit }: { kit: KitView }) {
  const job = useQuery(jobQuery(kit.job_id)).data?.value;
  return (
    <>
      <Link to="/jobs">Jobs</Link> ·{" "}
      <Link to="/jobs/$job" params={{ job: kit.job_id }}>
        <bdi>{job?.title ?? "Job"}</bdi>
      </Link>{" "}
      · {kit.version === null ? "draft" : `version ${kit.version}`} · {kit.language}
    </>
  );
}

function More({ kit }: { kit: KitView }) {
  const rights = useRights();
  const others = useQuery(kitsQuery({ job_id: kit.job_id, published: true })).data ?? [];
  const base = others.find((each) => each.id !== kit.id && (kit.version === null || (each.version ?? 0) < kit.version));
  const navigate = useNavigate();
  const client = useQueryClient();
  const copy = useMutation({
    mutationFn: () =>
      body(api.POST("/v1/kits/drafts", { params: { header: idempotent() }, body: { job_id: kit.job_id, kit_id: kit.id } })),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["kits"] });
      await navigate({ to: "/kits/$kit", params: { kit: made.id } });
    },
  });
  return (
    <>
      {base !== undefined && (
        <Link to="/kits/$kit/changes" params={{ kit: kit.id }} search={{ base: base.id }}>
          Changes since v{base.version}
        </Link>
      )}
      {rights.hires && kit.version !== null && (
        <Link to="/invite" search={{ kit: kit.id }}>
          Invite candidates
        </Link>
      )}
      {rights.hires && kit.version !== null && (
        <Link to="/kits/$kit/mock" params={{ kit: kit.id }}>
          Try it by voice
        </Link>
      )}
      <a href={`/v1/kits/${kit.id}/export`} download={`${kit.name}.yaml`}>
        YAML file
      </a>
      {rights.hires && kit.version !== null && (
        <Button isPending={copy.isPending} onPress={() => copy.mutate()}>
          Make a new draft of it
        </Button>
      )}
      {copy.isError && <Refusal error={copy.error} />}
    </>
  );
}
