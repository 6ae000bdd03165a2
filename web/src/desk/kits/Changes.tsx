import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { api, body, type Shapes } from "../../shared/api/client";
import { kitQuery } from "../data";
import { count } from "../format";
import { DeskPage } from "../ui/DeskPage";
import { Loaded } from "../ui/Loaded";
import styles from "./Kit.module.css";

const route = getRouteApi("/kits/$kit/changes");
const KINDS: Readonly<Record<Shapes["ChangeKind"], string>> = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
  moved: "Moved",
};

/** What differs between two kits, in the order of the kit. */
export function Changes() {
  const { kit } = route.useParams();
  const { base = "" } = route.useSearch();
  const now = useQuery(kitQuery(kit)).data?.value;
  const before = useQuery({ ...kitQuery(base), enabled: base !== "" }).data?.value;
  const found = useQuery({
    queryKey: ["diff", base, kit],
    queryFn: () => body(api.GET("/v1/kits/{kit_id}/diff", { params: { path: { kit_id: kit }, query: { base } } })),
  });
  return (
    <DeskPage
      title="Changes"
      tab="Changes"
      above={
        <>
          <Link to="/kits/$kit" params={{ kit: base }}>
            {before === undefined ? "…" : <bdi>{`${before.name} v${before.version ?? 0}`}</bdi>}
          </Link>{" "}
          →{" "}
          <Link to="/kits/$kit" params={{ kit }}>
            {now === undefined ? "…" : <bdi>{`${now.name} ${now.version === null ? "(draft)" : `v${now.version}`}`}</bdi>}
          </Link>
        </>
      }
    >
      <Loaded query={found}>
        {({ changes }) => (
          <>
            <p className="muted">{changes.length === 0 ? "Nothing differs." : count(changes.length, "change")}</p>
            <ol className="plainlist stack">
              {changes.map((change) => (
                <li key={`${change.kind} ${change.path}`} className={styles.change}>
                  <p>
                    <strong>{KINDS[change.kind]}</strong> <span className="mono">{change.path}</span>
                  </p>
                  {change.before != null && <Value name="Before" value={change.before} frame={styles.before} />}
                  {change.after != null && <Value name="After" value={change.after} frame={styles.after} />}
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function Value({ name, value, frame }: { name: string; value: unknown; frame: string | undefined }) {
  return (
    <p className={frame} dir="auto">
      <span className="unseen">{name}: </span>
      {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
    </p>
  );
}
