import "../shared/base.css";
import "./desk.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { api } from "../shared/api/client";
import { newQueryClient } from "../shared/api/query";
import { newRouter } from "./router";
import { Entry } from "./session/Entry";
import { Setup } from "./session/Setup";
import { inTheirName } from "./session/standing";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");

/** What follows `#` in a setup link is a secret: it is taken out of the address at once. */
function setupToken(): string | undefined {
  if (globalThis.location.pathname !== "/setup") return undefined;
  const token = globalThis.location.hash.slice(1);
  globalThis.history.replaceState(null, "", "/setup");
  return token;
}

api.use(inTheirName);
const token = setupToken();
const router = newRouter();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      {token !== undefined ? (
        <Setup token={token} />
      ) : (
        <Entry>
          <RouterProvider router={router} />
        </Entry>
      )}
    </QueryClientProvider>
  </StrictMode>,
);
