import type { StrategyDocument } from "../document/strategy-document.ts"

/**
 * From when on all of a strategy's models say anything, UTC ms; undefined without models. What came before they learnt
 * from, and no rule that asks them could have traded there.
 */
export function modelsSpeakFromMs({ models = {} }: Pick<StrategyDocument, "models">): number | undefined {
  const begins = Object.values(models).map(({ parts }) => parts[0].readyFromMs)
  return begins.length === 0 ? undefined : Math.max(...begins)
}

/** When a part of a model begins to speak, UTC ms. It learnt from days before, and must meet none of them after. */
export function partsSpeakFromMs({ models = {} }: Pick<StrategyDocument, "models">): number[] {
  return Object.values(models).flatMap(({ parts }) => parts.map(({ readyFromMs }) => readyFromMs))
}
