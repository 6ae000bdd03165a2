import type { ReactNode } from "react";
import { Dialog as Frame, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Asks before something that cannot be taken back: pressing beside it does not close it. */
  alert?: boolean;
  children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, alert = false, children }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable={!alert}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles.veil ?? ""}
    >
      <Modal className={styles.modal ?? ""}>
        <Frame role={alert ? "alertdialog" : "dialog"} className={styles.dialog ?? ""}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Frame>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of actions at a dialog's end. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
