import { Link } from "@tanstack/react-router";
import { DeskPage } from "./ui/DeskPage";
import { Refusal } from "./ui/Refusal";

export function Lost() {
  return (
    <DeskPage title="There is no such page" tab="Not found">
      <p>
        The address may not be complete. <Link to="/interviews">Go to the interviews</Link>.
      </p>
    </DeskPage>
  );
}

export function Gone({ error }: { error: unknown }) {
  return (
    <DeskPage title="This page could not be shown" tab="Not shown">
      <Refusal error={error instanceof Error ? error : new Error(String(error))} />
    </DeskPage>
  );
}
