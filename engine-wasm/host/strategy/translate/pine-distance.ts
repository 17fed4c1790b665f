import { formulaText, type Formula } from "../formula/formula.ts"
import type { Side } from "./draft-strategy.ts"
import { binary, isNumber, named, number } from "./formula-making.ts"

/** How far a stop or target is from the entry: percents (a number or a param's name), or a price. */
export type Distance = { percent: number | string } | { price: Formula }

/** One tick of the market in formulas under construction. */
export const oneTick = named("position.tick")
const entryPrice = named("position.entryPrice")

/** A stop or target at a price: percents where it is the entry's price times a share. */
export function priceDistance(price: Formula, side: Side, kind: "stop" | "target"): Distance {
  const percent = awayFromEntry(price, (side === "long") === (kind === "target") ? "+" : "-")
  return percent === undefined ? { price } : { percent }
}

/** A stop or target this many ticks from the entry. A bare number of ticks belongs to one market: undefined. */
export function tickDistance(ticks: Formula, side: Side, kind: "stop" | "target"): Distance | undefined {
  const money = moneyOf(ticks)
  if (!money) return undefined
  const percent = shareOfPrice(money)
  if (percent !== undefined) return { percent }
  return {
    price: binary((side === "long") === (kind === "target") ? "+" : "-", entryPrice, money),
  }
}

/** The distance as a price, in percents or not: what the entry's side makes of it. */
export function distancePrice(distance: Distance, side: Side, kind: "stop" | "target"): Formula {
  if ("price" in distance) return distance.price
  const { percent } = distance
  const sign = (side === "long") === (kind === "target") ? "+" : "-"
  if (typeof percent === "number")
    return binary("*", entryPrice, number(Number((1 + (sign === "+" ? percent : -percent) / 100).toPrecision(12))))
  return binary("*", entryPrice, binary(sign, number(1), binary("/", named(percent), number(100))))
}

/** The same distance on the other side of the entry. */
export function mirroredDistance(distance: Distance): Distance {
  if ("percent" in distance) return distance
  return { price: binary("-", binary("*", number(2), entryPrice), distance.price) }
}

/** Two distances of the same text are the same. */
export function distanceText(distance: Distance): string {
  return "percent" in distance ? String(distance.percent) : formulaText(distance.price)
}

/** `x / syminfo.mintick` is x in money; the market rounds to whole ticks itself. */
function moneyOf(ticks: Formula): Formula | undefined {
  if (ticks.kind === "call" && ["round", "floor", "ceil"].includes(ticks.name)) return moneyOf(ticks.arguments[0])
  return ticks.kind === "binary" && ticks.operator === "/" && isName(ticks.right, "position.tick")
    ? ticks.left
    : undefined
}

/** `entry * (1 - 2 / 100)`, `entry * 0.98`, `entry - entry * 0.02`: how many percent away, if it is on this side. */
function awayFromEntry(price: Formula, sign: "+" | "-"): number | string | undefined {
  if (price.kind !== "binary") return undefined
  const { operator, left, right } = price
  if (operator === sign && isEntry(left)) return shareOfPrice(right, [entryPrice])
  if (operator !== "*") return undefined
  const factor = isEntry(left) ? right : isEntry(right) ? left : undefined
  if (!factor) return undefined
  if (isNumber(factor)) return positive((factor.value - 1) * (sign === "+" ? 100 : -100))
  if (factor.kind !== "binary" || factor.operator !== sign || !isNumber(factor.left, 1)) return undefined
  return percentOf([factor.right])
}

function isEntry(formula: Formula) {
  return isName(formula, "position.entryPrice")
}

function isName(formula: Formula, name: string) {
  return formula.kind === "name" && formula.name === name
}

/** A share of the close or of the entry's price in percent: `close * 0.02`, `close * (stop / 100)`, `close * stop / 100`. */
export function shareOfPrice(money: Formula, of = [named("close"), entryPrice]): number | string | undefined {
  const factors = factorsOf(money)
  const base = factors.findIndex((one) => of.some((price) => price.kind === "name" && isName(one, price.name)))
  return base === -1 ? undefined : percentOf(factors.toSpliced(base, 1))
}

/** The factors of a product; a division by a number is a factor too. */
function factorsOf(formula: Formula): Formula[] {
  if (formula.kind !== "binary") return [formula]
  if (formula.operator === "*") return [...factorsOf(formula.left), ...factorsOf(formula.right)]
  if (formula.operator === "/" && isNumber(formula.right))
    return [...factorsOf(formula.left), { ...formula.right, value: 1 / formula.right.value }]
  return [formula]
}

/** A share as percent: `0.02` is 2, `stopPercent / 100` is the param itself. */
function percentOf(share: Formula[]): number | string | undefined {
  const factors = share.flatMap(factorsOf)
  const times = factors.reduce((product, one) => (isNumber(one) ? product * one.value : product), 100)
  const others = factors.filter((one) => !isNumber(one))
  if (others.length === 0) return positive(times)
  const [only] = others
  const isParam = others.length === 1 && only.kind === "name" && !only.name.includes(".")
  return isParam && Math.abs(times - 1) < 1e-9 ? only.name : undefined
}

function positive(percent: number) {
  return percent > 0 ? Number(percent.toPrecision(10)) : undefined
}
