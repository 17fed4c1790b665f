import { sha256Hex } from "../../candles/sha256.ts"
import { canonicalStrategy } from "./canonical.ts"
import type { StrategyDocument } from "./strategy-document.ts"

/** The fingerprint of exactly this strategy, however it is written: what runs, shared links and confirmations are bound to. */
export function strategyHash(document: StrategyDocument): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalStrategy(document)))
}
