import "../shared/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient } from "../shared/api/query";
import { languageOf, load } from "../shared/i18n/i18n";
import { takeToken } from "./token";
import { Candidate } from "./Candidate";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");

takeToken();
// Another link in the same tab changes the address alone: no page is loaded because of it.
addEventListener("hashchange", () => location.reload());
const language = languageOf(...navigator.languages);
const texts = await load(language);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <Candidate first={{ language, texts }} />
    </QueryClientProvider>
  </StrictMode>,
);
