import { sha256Hex } from "#engine/candles"
import { canonicalJson, strategyFromJson, strategyHash, type WrittenStrategy } from "#engine/strategy"

/** The fingerprint of exactly this strategy, half written too: what a person confirms is bound to it. */
export function cardHash(document: WrittenStrategy): Promise<string> {
  const checked = strategyFromJson(document)
  return checked.ok ? strategyHash(checked.strategy) : sha256Hex(new TextEncoder().encode(canonicalJson(document)))
}
