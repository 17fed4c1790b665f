import { formulaText, type Formula } from "../formula/formula.ts"
import type { DraftStrategy } from "./draft-strategy.ts"
import { binary, isNumber, NotOurs, yes } from "./formula-making.ts"
import { formulaOf, type PineScope } from "./pine-value.ts"
import type { ScriptExpression } from "./script-expression.ts"

type Call = Extract<ScriptExpression, { kind: "call" }>
type Side = "long" | "short"

/** What Pine's order calls do to the draft, under the conditions around them. Throws `NotOurs`. */
export class PineOrders {
  readonly #sides = new Map<string, Side>()

  constructor(
    readonly draft: DraftStrategy,
    readonly scope: PineScope,
    /** Called with why a line that was understood acts a little differently here. */
    readonly differs: (why: string) => void,
  ) {}

  /** Whether the call places, changes or ends an order; then it is done. */
  take(call: Call, condition: Formula): boolean {
    const name = call.callee.kind === "name" ? call.callee.name : ""
    if (name === "strategy.entry" || name === "strategy.order") this.#enter(call, condition)
    else if (name === "strategy.close") this.#close(call, condition)
    else if (name === "strategy.close_all")
      for (const side of ["long", "short"] as const) this.draft.exit(side, condition)
    else if (name === "strategy.exit") this.#protect(call)
    else return false
    return true
  }

  #enter(call: Call, condition: Formula) {
    const direction = call.named.get("direction") ?? call.positional[1]
    const side = direction?.kind === "name" ? direction.name.split(".")[1] : undefined
    if (side !== "long" && side !== "short") throw new NotOurs("the direction of the order is not said outright")
    for (const price of ["limit", "stop"]) {
      if (call.named.has(price)) throw new NotOurs(`an entry waiting at a ${price} price of its own has no equal here`)
    }
    this.#sides.set(idOf(call), side)
    this.draft.enter(side, binary("and", condition, this.#when(call)))
  }

  #close(call: Call, condition: Formula) {
    const whole = binary("and", condition, this.#when(call))
    const side = this.#sides.get(idOf(call))
    for (const one of side ? [side] : (["long", "short"] as const)) this.draft.exit(one, whole)
  }

  /** The `when` of Pine v4 and v5. */
  #when(call: Call): Formula {
    const when = call.named.get("when")
    return when ? formulaOf(when, this.scope) : yes
  }

  #protect(call: Call) {
    for (const ticks of ["profit", "loss"] as const) this.#distance(call, ticks)
    const stop = call.named.get("stop")
    if (stop) this.draft.protect.stopLoss = this.#stop(knownPart(formulaOf(stop, this.scope)))
    const limit = call.named.get("limit")
    if (limit) this.draft.protect.takeProfit = [this.#target(knownPart(formulaOf(limit, this.scope)))]
    const trails = [...call.named.keys()].find((name) => name.startsWith("trail_"))
    if (trails) throw new NotOurs("a trailing stop counted in ticks of one market has no equal here; set it in percent")
  }

  /** `loss = close * 0.02 / syminfo.mintick` is two percent; a bare number of ticks belongs to one market only. */
  #distance(call: Call, name: "profit" | "loss") {
    const ticks = call.named.get(name)
    if (!ticks) return
    const money = ticks.kind === "binary" && ticks.operator === "/" && isMinTick(ticks.right) ? ticks.left : undefined
    const percent = money && percentOf(formulaText(formulaOf(money, this.scope)))
    if (percent === undefined) throw new NotOurs("a distance in ticks belongs to one market; set it in percent")
    if (name === "loss") this.draft.protect.stopLoss = { kind: "percent", percent }
    else this.draft.protect.takeProfit = [{ percent, share: 1 }]
  }

  #stop(formula: Formula) {
    const percent = awayFromEntry(formula)
    return percent === undefined
      ? { kind: "price" as const, formula: this.#fixed(formula) }
      : { kind: "percent" as const, percent }
  }

  #target(formula: Formula) {
    const percent = awayFromEntry(formula)
    return percent === undefined ? { formula: this.#fixed(formula), share: 1 } : { percent, share: 1 }
  }

  /** Pine sets the price anew on each candle; ours is taken at the deciding candle and stays. */
  #fixed(formula: Formula): string {
    this.differs("Pine sets this price anew on every candle; here it is taken when the position is opened and stays")
    return formulaText(formula)
  }
}

/** `inLong ? price : na` is that price: rules ask only while there is a position. */
function knownPart(formula: Formula): Formula {
  if (formula.kind !== "choice") return formula
  if (isUnknown(formula.no)) return knownPart(formula.yes)
  return isUnknown(formula.yes) ? knownPart(formula.no) : formula
}

function isUnknown(formula: Formula) {
  return isNumber(formula) && Number.isNaN(formula.value)
}

function idOf(call: Call): string {
  const id = call.named.get("id") ?? call.positional[0]
  return id?.kind === "text" ? id.text : ""
}

function isMinTick(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "syminfo.mintick"
}

/** `entry * (1 - 2 / 100)`, `entry * 0.98`: how many percent away, as a number or a param's name. */
function awayFromEntry(formula: Formula): number | string | undefined {
  if (formula.kind !== "binary" || formula.operator !== "*") return undefined
  const [factor, price] = isEntry(formula.left) ? [formula.right, formula.left] : [formula.left, formula.right]
  if (!isEntry(price)) return undefined
  if (isNumber(factor)) return rounded(Math.abs(factor.value - 1) * 100)
  if (factor.kind !== "binary" || !["+", "-"].includes(factor.operator) || !isNumber(factor.left, 1)) return undefined
  return ratioOf(factor.right)
}

function isEntry(formula: Formula) {
  return formula.kind === "name" && formula.name === "position.entryPrice"
}

/** A share as percent: `0.02` is 2, `stopPercent / 100` is the param itself. */
function ratioOf(formula: Formula): number | string | undefined {
  if (isNumber(formula)) return rounded(formula.value * 100)
  const isPercent = formula.kind === "binary" && formula.operator === "/" && isNumber(formula.right, 100)
  return isPercent && formula.left.kind === "name" ? formula.left.name : undefined
}

/** `close * 0.02` as percent of the price. */
function percentOf(text: string): number | string | undefined {
  const found = /^(?:close|position\.entryPrice) \* (?:([\d.]+)|\(?(\w+) \/ 100\)?)$/.exec(text)
  return found ? (found[2] ?? rounded(Number(found[1]) * 100)) : undefined
}

function rounded(percent: number) {
  return Number(percent.toPrecision(10))
}
