import { sha256Hex } from "#engine/candles"
import { canonicalJson, canonicalStrategy, strategyFromJson, type WrittenStrategy } from "#engine/strategy"

/** The fingerprint of exactly this strategy: what a person confirms is bound to it. */
export function cardHash(document: WrittenStrategy): Promise<string> {
  const checked = strategyFromJson(document)
  const text = checked.ok ? canonicalStrategy(checked.strategy) : canonicalJson(document)
  return sha256Hex(new TextEncoder().encode(text))
}
