import { formatShort } from "../../candles/number-format.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { sensibleParam } from "./adjustable.ts"
import { withValueAt } from "./document-path.ts"

/** A way out of a problem, as a button says it, and the document then. */
export type WayOut = { label: string; document: WrittenStrategy }

/** What a person can do about a problem in one press. */
export function waysOut(document: WrittenStrategy, problem: StrategyProblem): WayOut[] {
  const param = /^params\.(\w+)\.(value|min)$/.exec(problem.path)
  if (param) return rangeWays(document, param[1])
  const missing =
    /^`(\w+)` is not known here/.exec(problem.because)?.[1] ?? /there is no param `(\w+)`/.exec(problem.because)?.[1]
  if (missing !== undefined) return [newSlider(document, missing)]
  if (problem.path === "size" && /needs a stop/.test(problem.because)) return sizeWays(document)
  return []
}

function rangeWays(document: WrittenStrategy, name: string): WayOut[] {
  const param = document.params?.[name]
  if (!param || param.type === "bool") return []
  const { value, min, max } = param
  const put = (change: object) => withValueAt(document, ["params", name], { ...param, ...change })
  if (min > max)
    return [
      { label: `Let it go from ${formatShort(max)} to ${formatShort(min)}`, document: put({ min: max, max: min }) },
    ]
  const whole = param.type === "int" ? Math.round(value) : value
  const nearest = Math.max(min, Math.min(max, whole))
  const move = { label: `Move it to ${formatShort(nearest)}`, document: put({ value: nearest }) }
  if (whole >= min && whole <= max) return [move]
  const [low, high] = [Math.min(min, whole), Math.max(max, whole)]
  return [
    move,
    {
      label: `Let it go from ${formatShort(low)} to ${formatShort(high)}`,
      document: put({ min: low, max: high, value: whole }),
    },
  ]
}

function newSlider(document: WrittenStrategy, name: string): WayOut {
  const param = sensibleParam({ label: name, value: 10, isWhole: false, min: 0, max: 1e12 })
  return {
    label: `Make “${name}” a slider`,
    document: { ...document, params: { ...document.params, [name]: { label: name, ...param } } },
  }
}

function sizeWays(document: WrittenStrategy): WayOut[] {
  return [
    { label: "Use a quarter of the account", document: { ...document, size: { kind: "equity", percent: 25 } } },
    {
      label: "Set a stop of 2 %",
      document: withValueAt(document, ["protect", "stopLoss"], { kind: "percent", percent: 2 }),
    },
  ]
}
