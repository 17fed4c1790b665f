import { formulaText, type Formula } from "../formula/formula.ts"
import type { DraftStrategy, Side } from "./draft-strategy.ts"
import { binary, isNumber, not, NotOurs, whileHolding, yes } from "./formula-making.ts"
import { orderArguments, type PineCall } from "./pine-arguments.ts"
import { takeCloses, type PineClose } from "./pine-closes.ts"
import { PineEntries } from "./pine-entries.ts"
import { attemptPart, PineProtection, type PineExit } from "./pine-protection.ts"
import type { PineScope } from "./pine-scope.ts"
import { formulaOf } from "./pine-value.ts"
import type { ScriptExpression } from "./script-expression.ts"
import type { ScriptLine } from "./script-token.ts"
import { NEVER_PLACED, type TranslationNotes } from "./translation.ts"

type Given = Map<string, ScriptExpression>

const exitPrices = ["stop", "limit", "loss", "profit", "trail_price", "trail_points", "trail_offset"]

/** The effect of Pine's order calls on the draft, under the conditions around them. */
export class PineOrders {
  readonly #entries = new PineEntries()
  readonly #closes: PineClose[] = []
  readonly #exits: PineExit[] = []
  readonly #entryLines: { line: ScriptLine; side: Side }[] = []
  #only: Side | undefined

  constructor(
    readonly draft: DraftStrategy,
    readonly scope: PineScope,
    readonly notes: TranslationNotes,
  ) {}

  /** Whether the call places, changes or ends an order; if so, applies it. Throws `NotOurs`. */
  take(line: ScriptLine, call: PineCall, condition: Formula): boolean {
    const name = call.callee.kind === "name" ? call.callee.name : ""
    if (name === "strategy.order")
      throw new NotOurs("an order that only adds to or takes from a position has no equal here")
    if (!["strategy.entry", "strategy.close", "strategy.close_all", "strategy.exit"].includes(name)) return false
    const given = orderArguments(call, name, this.scope.version)
    const whole = binary("and", condition, this.#number(given, "when") ?? yes)
    if (name === "strategy.entry") this.#enter(line, given, whole)
    else if (name === "strategy.exit") this.#protect(line, given, whole)
    else this.#close(line, given, whole)
    return true
  }

  /** What can only be decided when all entries are known: closes and exits by the entry's name. */
  finish() {
    if (this.#only) this.#forget(this.#only === "long" ? "short" : "long")
    takeCloses(this.#closes, this.#entries, this.draft, this.notes)
    new PineProtection(this.draft, this.notes, this.#entries).take(this.#exits)
  }

  /** `strategy.risk.allow_entry_in`: entries of the other side only end positions of this one. */
  allowOnly(side: Side) {
    this.#only = side
  }

  #forget(side: Side) {
    this.draft.forget(side)
    this.#entries.forget(side)
    for (const entry of this.#entryLines)
      if (entry.side === side)
        this.notes.left(entry.line, `only ${this.#only} entries are allowed: it opens nothing, and ends what is open`)
  }

  #enter(line: ScriptLine, given: Given, condition: Formula) {
    for (const price of ["limit", "stop"]) {
      if (given.has(price)) throw new NotOurs(`an entry waiting at a ${price} price of its own has no equal here`)
    }
    const id = textOf(given.get("id"), this.scope)
    const ways = directionsOf(given.get("direction"), condition, this.scope)
    for (const way of ways) this.#enterSide(line, id, way)
    if (given.has("qty"))
      this.notes.left(
        line,
        "the amount is the order's own in Pine; here the size is one for all orders and set under size",
      )
  }

  #enterSide(line: ScriptLine, id: string, { side, condition }: Way) {
    if (isNumber(whileHolding(condition, "flat"), 0)) this.notes.left(line, NEVER_PLACED)
    this.draft.enter(side, condition, true)
    this.#entryLines.push({ line, side })
    this.#entries.add(id, side, condition)
  }

  #close(line: ScriptLine, given: Given, condition: Formula) {
    const share = this.#number(given, "qty_percent")
    if (given.has("qty") || (share && formulaText(share) !== "100"))
      throw new NotOurs("closing a part of a position by a signal has no equal here")
    if (given.has("immediately"))
      this.notes.left(line, "Pine closes at this candle's close; here the order reaches the market at the next open")
    const id = given.has("id") ? textOf(given.get("id"), this.scope) : ""
    this.#closes.push({ line, id, condition })
  }

  #protect(line: ScriptLine, given: Given, condition: Formula) {
    const from = given.get("from_entry")
    const numbers = new Map<string, Formula>()
    if (given.has("qty")) throw new NotOurs("a number of coins to sell fits one position only; say it in percent")
    const share = this.#number(given, "qty_percent")
    if (share) numbers.set("qty_percent", share)
    if (!exitPrices.some((word) => given.has(word))) throw new NotOurs("an exit without a price does nothing")
    for (const word of exitPrices) this.#exitPrice(line, given, word, numbers)
    if (numbers.size === (share ? 1 : 0)) return
    this.#exits.push({
      line,
      name: given.has("id") ? textOf(given.get("id"), this.scope) : "",
      from: from ? textOf(from, this.scope) : "",
      condition,
      numbers,
    })
  }

  /** One price of an exit; where it is not understood, the others stay. */
  #exitPrice(line: ScriptLine, given: Given, word: string, numbers: Map<string, Formula>) {
    const step = () => {
      if (word === "trail_price" && given.has(word))
        throw new NotOurs("a trailing stop that begins at a price of its own has no equal here")
      const value = this.#number(given, word)
      const isOfTrailPrice = word === "trail_offset" && given.has("trail_price")
      if (value && !isOfTrailPrice) numbers.set(word, value)
    }
    attemptPart(this.notes, line, word, step)
  }

  #number(given: Given, word: string): Formula | undefined {
    const value = given.get(word)
    return value && formulaOf(value, this.scope)
  }
}

type Way = { side: Side; condition: Formula }

/** `strategy.long`, in old scripts `true` or `long`, or one of two by a condition: when which side is entered. */
function directionsOf(direction: ScriptExpression | undefined, condition: Formula, scope: PineScope): Way[] {
  const name = direction?.kind === "name" ? direction.name : ""
  if (["long", "true"].includes(name)) return [{ side: "long", condition }]
  if (["short", "false"].includes(name)) return [{ side: "short", condition }]
  const value = direction && formulaOf(direction, scope)
  if (value?.kind !== "choice") return [{ side: sideOf(value), condition }]
  return [
    { side: sideOf(value.yes), condition: binary("and", condition, value.condition) },
    { side: sideOf(value.no), condition: binary("and", condition, not(value.condition)) },
  ]
}

function sideOf(value: Formula | undefined): Side {
  if (value?.kind === "text" && (value.text === "long" || value.text === "short")) return value.text
  throw new NotOurs("the direction of the order is not said outright")
}

function textOf(expression: ScriptExpression | undefined, scope: PineScope): string {
  const found = expression && formulaOf(expression, scope)
  if (found?.kind !== "text") throw new NotOurs("the order's name is not said outright")
  return found.text
}
