import { once } from "node:events"

/** Prints a whole answer on stdout as one JSON value. NaN, which JSON does not know, becomes null. */
export async function printJson(value: unknown): Promise<void> {
  await printText(`${JSON.stringify(value)}\n`)
}

/** Prints text on stdout and waits while the reader is slow. */
export async function printText(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain")
}

/** Rows of words in columns, the first left-aligned and the others right-aligned. */
export function table(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  ")
  return `${rows.map((row) => line(row).trimEnd()).join("\n")}\n`
}
