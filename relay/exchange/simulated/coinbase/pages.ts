import type { CoinbaseCall } from "./coinbase-call.ts"
import { refuseArgument } from "./refused.ts"

/**
 * One page of a list that is newest first, after the one that `cursor` came with. A cursor names the last row the client
 * has seen, so rows that are new meanwhile move nothing.
 */
export function pageOf<Row>(
  { query }: CoinbaseCall,
  rows: Row[],
  { limit, nameOf }: { limit: number; nameOf: (row: Row) => string },
): { rows: Row[]; cursor: string; has_next: boolean } {
  const after = query.get("cursor") ?? ""
  const from = after === "" ? 0 : rows.findIndex((row) => cursorOf(nameOf(row)) === after) + 1
  if (after !== "" && from === 0) refuseArgument("cursor is unknown")
  const page = rows.slice(from, from + limit)
  const hasNext = from + page.length < rows.length
  return { rows: page, cursor: hasNext ? cursorOf(nameOf(page.at(-1)!)) : "", has_next: hasNext }
}

function cursorOf(name: string): string {
  return Buffer.from(name).toString("base64url")
}
