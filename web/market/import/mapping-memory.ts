import type { CsvMapping, CsvPreview } from "#engine/candles"

const KEY = "candlewright.csv-columns"
const MOST_KEPT = 20

/**
 * The person's earlier choice for a table with this header; undefined when there is none, or the table has no header
 * to know it by.
 */
export function rememberedMapping({ rows }: CsvPreview): CsvMapping | undefined {
  return read()[headerOf(rows)]
}

/** Stores the choice, for the next file with the same header. */
export function rememberMapping({ rows }: CsvPreview, mapping: CsvMapping) {
  if (!mapping.hasHeader) return
  const kept = Object.entries({ ...read(), [headerOf(rows)]: mapping }).slice(-MOST_KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function headerOf(rows: string[][]): string {
  return (rows[0] ?? []).join("|")
}

function read(): Record<string, CsvMapping> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, CsvMapping>
  } catch {
    return {}
  }
}
