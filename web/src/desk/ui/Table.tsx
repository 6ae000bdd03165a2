import type { ReactNode } from "react";
import styles from "./Table.module.css";

export interface Column<Row> {
  name: string;
  /** Where names may be alike. */
  key?: string;
  /** `num` is set flush right, in figures of one width; `words` keep room for sentences beside many columns. */
  kind?: "num" | "lead" | "actions" | "words";
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  empty?: ReactNode;
  /** The caption is for readers of the screen alone when a heading says the same. */
  captionUnseen?: boolean;
}

/** Rows on a desk; on a telephone each row is a short list of its own. */
export function Table<Row>({ caption, columns, rows, keyOf, empty, captionUnseen = true }: Props<Row>) {
  if (rows.length === 0 && empty !== undefined) return <div className={styles.empty}>{empty}</div>;
  return (
    <table className={styles.table}>
      <caption className={captionUnseen ? "unseen" : styles.caption}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key ?? column.name} scope="col" className={column.kind === "num" ? "num" : undefined}>
              {column.kind === "actions" ? <span className="unseen">{column.name}</span> : column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.key ?? column.name} data-name={column.name} data-kind={column.kind}>
                {/* One box, however many parts: on a telephone it stands beside its column's name. */}
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
