import { Component, type ReactNode } from "react";
import type { Words } from "../shared/i18n/i18n";
import { Button } from "../shared/ui/Button";
import { Page } from "../shared/ui/Page";

interface Props {
  words: Words;
  children: ReactNode;
}

/** Never an empty page: what could not be shown can be loaded again, and the interview is kept. */
export class Crashed extends Component<Props, { isOver: boolean }> {
  override state = { isOver: false };

  static getDerivedStateFromError() {
    return { isOver: true };
  }

  override render() {
    const { words, children } = this.props;
    if (!this.state.isOver) return children;
    return (
      <Page title={words.t("crashed.title")}>
        <p>{words.t("crashed.text")}</p>
        <div>
          <Button kind="main" onPress={() => location.reload()}>
            {words.t("crashed.again")}
          </Button>
        </div>
      </Page>
    );
  }
}
