import { searchText } from "../search-text.ts"
import { type RunSetup, searchFromSetup } from "./run-setup.ts"

/** Where and how a strategy is tested, as an address says it without the strategy. */
export function settingsOf(setup: RunSetup): string {
  return searchText(searchFromSetup({ ...setup, strategy: "", params: {} }))
}
