import { database } from "./database.ts"

/** The markets a person watches, in their order, and what they draw on the chart. */
export type SavedWatchlist = {
  id: "main"
  /** `venue` as an exchange's id, `symbol` as traders write it, `marketId` as the exchange does. */
  markets: { venue: string; symbol: string; marketId: string }[]
  indicators: { formula: string; pane: "price" | "own" }[]
}

/** The watchlist, or undefined while the person has changed nothing. */
export function loadWatchlist(): Promise<SavedWatchlist | undefined> {
  return database.watchlists.get("main")
}

/** Replaces the stored watchlist. */
export async function saveWatchlist(list: Omit<SavedWatchlist, "id">): Promise<void> {
  await database.watchlists.put({ ...list, id: "main" })
}
