import type { SavedRun } from "../db/saved-run.ts"
import { parseSearch } from "../search-text.ts"
import { type MadeUp, madeUpOf, madeUpOfMarkets } from "./made-up.ts"
import { setupFromSearch } from "./run-setup.ts"

/** What is said of a run that was kept, whether or not its market still is. */
export function madeUpOfRun({ address, detail }: Pick<SavedRun, "address" | "detail">): MadeUp | undefined {
  const { market, also } = setupFromSearch(parseSearch(address))
  const isOfMadeUp = detail?.isMadeUp ?? detail?.settings.startsWith(ON_MADE_UP) ?? false
  return madeUpOfMarkets([market, ...also].map((id) => ({ id }))) ?? madeUpOf([{ id: "", isMadeUp: isOfMadeUp }])
}

/** How the settings of a kept run begin where its prices are made up. */
export const ON_MADE_UP = "On made-up prices. "
