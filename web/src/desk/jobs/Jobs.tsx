import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type SyntheticEvent } from "react";
import { api, body, idempotent } from "../../shared/api/client";
import { Button } from "../../shared/ui/Button";
import { TextField } from "../../shared/ui/TextField";
import { When } from "../interviews/Interviews";
import { useRowKeys } from "../keys";
import { useRights } from "../session/data";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import { Pager } from "../ui/Pager";
import { Refusal } from "../ui/Refusal";
import { Table } from "../ui/Table";

const route = getRouteApi("/jobs");

export function Jobs() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const rights = useRights();
  useRowKeys();
  const page = useQuery({
    queryKey: ["jobs", after],
    queryFn: () =>
      body(
        api.GET("/v1/jobs", { params: { query: { limit: 25, sort: "-created_at", ...(after === undefined ? {} : { after }) } } }),
      ),
  });
  return (
    <DeskPage title="Jobs" tab="Jobs">
      {rights.hires && <NewJob />}
      <Loaded query={page}>
        {(data) => (
          <>
            <Table
              caption="Jobs"
              rows={data.items}
              keyOf={(job) => job.id}
              empty="No job yet. A job holds the kits that say what is asked and how answers are judged."
              columns={[
                {
                  name: "Job",
                  kind: "lead",
                  cell: (job) => (
                    <Link to="/jobs/$job" params={{ job: job.id }}>
                      <bdi>{job.title}</bdi>
                    </Link>
                  ),
                },
                { name: "Since", cell: (job) => <When at={job.created_at} none="–" /> },
                {
                  name: "Interviews",
                  cell: (job) => (
                    <Link to="/interviews" search={{ job: job.id }}>
                      Interviews
                    </Link>
                  ),
                },
              ]}
            />
            <Pager
              next={data.next}
              after={after ?? null}
              isFirst={after === undefined}
              onNext={(next) => void navigate({ search: { after: next } })}
              onFirst={() => void navigate({ search: {} })}
            />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function NewJob() {
  const [title, setTitle] = useState("");
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => body(api.POST("/v1/jobs", { params: { header: idempotent() }, body: { title } })),
    onSuccess: () => {
      setTitle("");
      return client.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <div className="row end">
        <TextField label="New job" value={title} onChange={setTitle} isRequired />
        <Button type="submit" isPending={make.isPending}>
          Add the job
        </Button>
      </div>
      {make.isError && <Refusal error={make.error} />}
    </form>
  );
}
