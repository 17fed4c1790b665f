import { sha256Hex } from "#engine/candles"
import type { SavedRun } from "./saved-run.ts"

/** The id of a run: another engine, strategy, candles or settings is another run. */
export async function runIdOf({ address, hashes }: Pick<SavedRun, "address" | "hashes">): Promise<string> {
  const text = [address, hashes.engine, hashes.strategy, hashes.data].join("\n")
  return (await sha256Hex(new TextEncoder().encode(text))).slice(0, 24)
}
