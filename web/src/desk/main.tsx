import "../shared/base.css";
import "./desk.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { api } from "../shared/api/client";
import { newQueryClient } from "../shared/api/query";
import { tab } from "../shared/storage";
import { newRouter } from "./router";
import { Entry } from "./session/Entry";
import { SETUP, Setup } from "./session/Setup";
import { inTheirName } from "./session/standing";
import { comeBack } from "./session/wayback";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");

/**
 * What follows `#` in a setup link is a secret: it is taken out of the address at once, and kept in
 * this tab until it was used, for whoever loads the page again.
 */
function setupToken(): string | undefined {
  if (globalThis.location.pathname !== "/setup") return undefined;
  const shown = globalThis.location.hash.slice(1);
  globalThis.history.replaceState(null, "", "/setup");
  if (shown !== "") tab.set(SETUP, shown);
  return tab.get(SETUP) ?? "";
}

api.use(inTheirName);
const token = setupToken();
const refused = comeBack();
const router = newRouter();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      {token !== undefined ? (
        <Setup token={token} />
      ) : (
        <Entry refused={refused}>
          <RouterProvider router={router} />
        </Entry>
      )}
    </QueryClientProvider>
  </StrictMode>,
);
