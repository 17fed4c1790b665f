import { plainText } from "#engine/candles"
import type { SavedRun } from "../../db/saved-run.ts"
import { listVersions } from "../../db/strategy-version.ts"
import { stateWords, testedState } from "../../db/tested-state.ts"
import { useKept } from "../../db/use-kept.ts"

/** What runs are called: "RSI dip, version 2 on BTC/USDT". The version is of a strategy of the library. */
export function useRunNames(runs: readonly SavedRun[]): (run: SavedRun) => string {
  const names = useKept(() => namesOf(runs), [runs.map(({ id }) => id).join()])
  const known = names.state === "ready" ? names.value : undefined
  return (run) => known?.get(run.id) ?? nameOf(run)
}

async function namesOf(runs: readonly SavedRun[]): Promise<Map<string, string>> {
  const ids = [...new Set(runs.flatMap(({ strategyId }) => strategyId ?? []))]
  const versions = new Map(await Promise.all(ids.map(async (id) => [id, await listVersions(id)] as const)))
  return new Map(
    runs.map((run) => {
      const state = run.strategyId ? testedState(run, versions.get(run.strategyId) ?? []) : undefined
      return [run.id, nameOf(run, state && stateWords(state))]
    }),
  )
}

function nameOf({ strategy, market }: SavedRun, version?: string): string {
  return `${plainText(strategy)}${version ? `, ${version},` : ""} on ${plainText(market)}`
}
