import "../shared/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Page } from "../shared/ui/Page";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Page title="Vivavoce">
      <p>The pages for recruiters are on their way.</p>
    </Page>
  </StrictMode>,
);
