import { chosenParams } from "../strategy/document/strategy-document-params.ts"
import { conditionsOf, type StrategyDocument, type StrategyParam } from "../strategy/document/strategy-document.ts"
import { formulaText, type Formula } from "../strategy/formula/formula.ts"
import { parseFormula } from "../strategy/formula/formula-parser.ts"
import { everyPartOf, withParts } from "../strategy/formula/formula-walk.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import type { LooserValue } from "./loosening.ts"
import { strategyFormulas } from "./strategy-series.ts"

/** A param is tried at no more places of its range than this, and no more than these are tried in all. */
const PLACES = 24
const MOST_TRIES = 60
/** So many values are looked at between one that is enough and the present one; there are rarely more. */
const MOST_BETWEEN = 1_000

/** Params by their role in a condition: the number it compares with, or the arguments of its series. */
export function paramsOfCondition(
  strategy: StrategyDocument,
  condition: string,
): { compared: string[]; behind: string[] } {
  const parsed = parseFormula(condition)
  const compared = new Set(
    parsed.ok ? thresholdsIn(parsed.formula, isParam(strategy)).map(({ number }) => nameOf(number)) : [],
  )
  const all = paramsBehind(strategy, condition)
  return { compared: all.filter((name) => compared.has(name)), behind: all.filter((name) => !compared.has(name)) }
}

/** Other values of these params, the nearest first. */
export function looserParams({ strategy, params }: RunPlan, names: string[]): LooserValue[] {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return []
  const tries = names.flatMap((name) => {
    const from = chosen.values[name]
    const param = strategy.params[name]
    const moved = (to: number | boolean): LooserValue => ({
      kind: "param",
      name,
      from,
      to,
      nearer: () => (param.type === "bool" ? [] : between(Number(from), Number(to), param.step, param.min).map(moved)),
    })
    return otherValues(param, from).map(({ to, distance }) => ({ value: moved(to), distance }))
  })
  return nearestFirst(tries).filter(
    (value) => value.kind === "param" && chosenParams(strategy, { ...params, [value.name]: value.to }).ok,
  )
}

function isParam({ params }: StrategyDocument) {
  return (formula: Formula) => formula.kind === "name" && Object.hasOwn(params, formula.name)
}

function nameOf(formula: Formula): string {
  return formula.kind === "name" ? formula.name : ""
}

function paramsBehind(strategy: StrategyDocument, condition: string): string[] {
  const seen = new Set<string>()
  const waiting = [condition]
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const parsed = parseFormula(text)
    if (!parsed.ok) continue
    for (const part of everyPartOf(parsed.formula)) {
      if (part.kind !== "name" || seen.has(part.name)) continue
      seen.add(part.name)
      if (Object.hasOwn(strategy.series, part.name)) waiting.push(strategy.series[part.name])
    }
  }
  return Object.keys(strategy.params).filter((name) => seen.has(name))
}

/** Distances are shares of the param's range; a switch is flipped only where nothing nearer helps. */
function otherValues(param: StrategyParam, now: number | boolean): { to: number | boolean; distance: number }[] {
  if (param.type === "bool") return [{ to: !now, distance: 0.5 }]
  const { min, max, step } = param
  const steps = Math.floor((max - min) / step + 1e-9)
  const stride = Math.max(1, Math.ceil(steps / PLACES))
  const values = Array.from({ length: Math.floor(steps / stride) + 1 }, (_, n) => rounded(min + n * stride * step))
  return values
    .filter((value) => value !== now)
    .map((to) => ({ to, distance: Math.abs(to - Number(now)) / (max - min) }))
}

/** The multiples of a step between two numbers, both left out, the one nearest to `now` first. */
function between(now: number, to: number, step: number, origin = 0): number[] {
  const [low, high] = [Math.min(now, to), Math.max(now, to)]
  const first = Math.floor((low - origin) / step + 1e-9) + 1
  const last = Math.ceil((high - origin) / step - 1e-9) - 1
  const count = Math.max(0, Math.min(MOST_BETWEEN, last - first + 1))
  return Array.from({ length: count }, (_, n) =>
    rounded(origin + (to > now ? last - count + 1 + n : first + count - 1 - n) * step),
  )
}

/** Steps of 0.1 add up to 0.30000000000000004. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

/** Where the values of a formula are cut to be tried as the number it is compared with. */
const SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995]

type Place = { side: "long" | "short"; formula: string; market: number }

/** Numbers a person would write: about so many of them lie within the usual values of a series. */
const STEPS_OF_SPREAD = 50

/** A round step, 1, 2 or 5 times a power of ten: by it a proposed number is rounded. */
export function roundStep(spread: number): number {
  const power = 10 ** Math.floor(Math.log10(spread / STEPS_OF_SPREAD))
  const times = [1, 2, 5, 10].find((each) => each * power * STEPS_OF_SPREAD >= spread) ?? 10
  return times * power
}

/** The condition with other numbers in place of those it compares with, chosen from the values it really compares. */
export function looserNumbers(
  session: EngineSession,
  plan: RunPlan,
  { side, formula: text, market }: Place,
): LooserValue[] {
  const parsed = parseFormula(text)
  if (!parsed.ok) return []
  const tries = thresholdsIn(parsed.formula).flatMap(({ number, against }) => {
    const compared = strategyFormulas(session, plan, { formulas: [formulaText(against)], market })
    const values = (compared ? Object.values(compared.series)[0] : new Float64Array(0))
      .filter((value) => !Number.isNaN(value))
      .sort()
    if (values.length === 0) return []
    const at = (share: number) => values[Math.floor(share * (values.length - 1))]
    const spread = at(0.95) - at(0.05) || 1
    const step = roundStep(spread)
    const now = numberOf(number)
    const onStep = (to: number) => rounded((to < now ? Math.floor(to / step) : Math.ceil(to / step)) * step)
    const changedTo = (to: number): LooserValue => {
      const changed = formulaText(withNumber(parsed.formula, number, to))
      return {
        kind: "rule",
        from: text,
        to: changed,
        strategy: withCondition(plan.strategy, { side, from: text, to: changed }),
        nearer: () => between(now, to, step).map(changedTo),
      }
    }
    return [...new Set(SHARES.map((share) => onStep(at(share))))].map((to) => ({
      value: changedTo(to),
      distance: Math.abs(to - now) / spread,
    }))
  })
  return nearestFirst(tries).filter((value) => value.to !== text)
}

type Threshold = { number: Formula; against: Formula }

const comparisons: readonly string[] = ["<", "<=", ">", ">=", "=="]
const crossings: readonly string[] = ["crossover", "crossunder", "cross"]

/** Each number, or whatever `isIt` accepts as one, that a formula is compared with. */
function thresholdsIn(formula: Formula, isIt: (formula: Formula) => boolean = isNumber): Threshold[] {
  const sidesOf = (left: Formula | undefined, right: Formula | undefined) => thresholdOf(isIt, left, right)
  return everyPartOf(formula).flatMap((part) => {
    if (part.kind === "binary" && comparisons.includes(part.operator)) return sidesOf(part.left, part.right)
    if (part.kind === "call" && crossings.includes(part.name)) return sidesOf(part.arguments[0], part.arguments[1])
    return []
  })
}

function thresholdOf(isIt: (formula: Formula) => boolean, left?: Formula, right?: Formula): Threshold[] {
  if (!left || !right || isIt(left) === isIt(right)) return []
  return isIt(right) ? [{ number: right, against: left }] : [{ number: left, against: right }]
}

function isNumber(formula: Formula): boolean {
  return formula.kind === "number" || (formula.kind === "unary" && formula.operator === "-" && isNumber(formula.of))
}

function numberOf(formula: Formula): number {
  if (formula.kind === "number") return formula.value
  return formula.kind === "unary" ? -numberOf(formula.of) : Number.NaN
}

function withNumber(formula: Formula, number: Formula, value: number): Formula {
  if (formula !== number) return withParts(formula, (part) => withNumber(part, number, value))
  const positive: Formula = { kind: "number", value: Math.abs(value), at: number.at }
  return value < 0 ? { kind: "unary", operator: "-", of: positive, at: number.at } : positive
}

function withCondition(
  strategy: StrategyDocument,
  { side, from, to }: { side: "long" | "short"; from: string; to: string },
): StrategyDocument {
  const rules = strategy[side]!
  const { join, formulas } = conditionsOf(rules.enter)
  const changed = formulas.map((formula) => (formula === from ? to : formula))
  return { ...strategy, [side]: { ...rules, enter: join === "all" ? { all: changed } : { any: changed } } }
}

function nearestFirst<Value>(tries: { value: Value; distance: number }[]): Value[] {
  return tries
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, MOST_TRIES)
    .map(({ value }) => value)
}
