import { strategyFromJson, type StrategyDocument, type WrittenStrategy } from "#engine/strategy"

/** A one-minute strategy document from its parts. */
export function benchStrategy(parts: Partial<WrittenStrategy>): StrategyDocument {
  const checked = strategyFromJson({ format: "candlewright.strategy/1", name: "Benchmark", timeframe: "1m", ...parts })
  if (!checked.ok) throw new Error(checked.problems[0].because)
  return checked.strategy
}
