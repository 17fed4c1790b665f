import { sha256Hex } from "#engine/candles"
import type { RunDetail, SavedRun } from "./saved-run.ts"

type Decided = Pick<SavedRun, "address" | "hashes" | "strategyId"> & { detail?: Pick<RunDetail, "document"> }

/** The id of a run: another engine, strategy, candles or settings is another run. */
export async function runIdOf({ address, hashes, strategyId, detail }: Decided): Promise<string> {
  const what = detail
    ? [settingsIn(address), strategyId ?? "", JSON.stringify(detail.document)]
    : [address, hashes.strategy]
  const text = [...what, hashes.engine, hashes.data].join("\n")
  return (await sha256Hex(new TextEncoder().encode(text))).slice(0, 24)
}

/** Where the address found the strategy, and with what values, is in its document. */
function settingsIn(address: string): string {
  const settings = new URLSearchParams(address)
  for (const name of ["strategy", "params", "timeframe"]) settings.delete(name)
  return settings.toString()
}
