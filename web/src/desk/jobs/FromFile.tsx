import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body, idempotent, type Shapes } from "../../shared/api/client";
import { Refusal } from "../ui/Refusal";

/** A draft from a file, as *YAML file* of a kit saves it: of this job, whichever one it was taken out of. */
export function FromFile({ job }: { job: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: async (file: File) => {
      const text = ofJob(job, await file.text());
      return body(
        api.POST("/v1/kits", {
          params: { header: idempotent() },
          headers: { "Content-Type": "application/yaml" },
          // Its own words go as they are: the API reads them, and says by line what is wrong.
          body: text as unknown as Shapes["KitBody"],
          bodySerializer: () => text,
        }),
      );
    },
    onSuccess: async (kit) => {
      await client.invalidateQueries({ queryKey: ["kits"] });
      await navigate({ to: "/kits/$kit", params: { kit: kit.id } });
    },
  });
  return (
    <>
      <div className="row">
        <label htmlFor="kit-file">Or from a YAML file</label>
        <input
          id="kit-file"
          type="file"
          accept=".yaml,.yml,application/yaml"
          disabled={make.isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) make.mutate(file);
            // Chosen again once it was put right, the same file is read again.
            target.value = "";
          }}
        />
      </div>
      {make.isError && <Refusal error={make.error} />}
    </>
  );
}

/** Whatever job a file names at its beginning of a line, which no text within it can. */
function ofJob(job: string, text: string): string {
  const [named, own] = [/^job_id:.*$/m, `job_id: ${job}`];
  return named.test(text) ? text.replace(named, own) : `${text.trimEnd()}\n${own}\n`;
}
