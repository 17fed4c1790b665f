import type { SweepVary } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"

/** From one value to another in equal steps, both ends included where the steps meet them. */
export type ValueRange = { from: number; to: number; step: number }

/** More values of one param than this are no search any more. */
export const MOST_VALUES = 100_000

/** How many values a range has; NaN or below 1 for one that is none. */
export function valueCount({ from, to, step }: ValueRange): number {
  return step > 0 ? Math.floor((to - from) / step + 1e-9) + 1 : Number.NaN
}

/** The values of a range: counted in steps and rounded to ten digits, so that 0.1 + 0.2 is 0.3. */
export function valuesBetween(range: ValueRange): number[] {
  return Array.from({ length: valueCount(range) }, (_, n) => Number((range.from + n * range.step).toPrecision(10)))
}

/** The step of a param as its strategy says it. */
export function ownStep({ params }: Pick<StrategyDocument, "params">, name: string): number {
  const param = Object.hasOwn(params, name) ? params[name] : undefined
  return param && param.type !== "bool" ? param.step : 1
}

/** Values to try as somebody writes them: a list, or a range in the param's own steps where it names none. */
export type WrittenVary = Record<string, SweepVary[string] | (Omit<ValueRange, "step"> & { step?: number })>

/** Every value of each; `problem` names the first param whose range is none. */
export function variedValues(
  strategy: StrategyDocument,
  written: WrittenVary,
): { ok: true; vary: SweepVary } | { ok: false; name: string; because: string } {
  const vary: SweepVary = {}
  for (const [name, values] of Object.entries(written)) {
    if (isList(values)) {
      vary[name] = values
      continue
    }
    const range = { ...values, step: values.step ?? ownStep(strategy, name) }
    const count = valueCount(range)
    if (!(count >= 1)) return { ok: false, name, because: "its step is above 0, and `to` is not below `from`" }
    if (count > MOST_VALUES)
      return { ok: false, name, because: `these are ${count.toLocaleString("en")} values; make the step larger` }
    vary[name] = valuesBetween(range)
  }
  return { ok: true, vary }
}

function isList(values: WrittenVary[string]): values is SweepVary[string] {
  return Array.isArray(values)
}
