import { formulaText, type Formula } from "../formula/formula.ts"
import type { DraftStrategy, Side } from "./draft-strategy.ts"
import { choice, isNumber, NotOurs, whileHolding } from "./formula-making.ts"
import { priceDistance, tickDistance, type Distance } from "./pine-distance.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

/** One `strategy.exit`: the prices it sets, for which entry, under which conditions. */
export type PineExit = {
  line: ScriptLine
  from: string
  condition: Formula
  numbers: Map<string, Formula>
}

type Entries = ReadonlyMap<string, { sides: Set<Side>; conditions: string[] }>
type Target = { distance: Distance; percent: number }
type Trailing = { percent: number | string; armAtPercent: number | string }
type Found = { stop?: Distance; targets: Target[]; trailing?: Trailing }

/** Turns `strategy.exit` into the document's one protection, which holds for both sides. */
export class PineProtection {
  readonly #found: Record<Side, Found> = {
    long: { targets: [] },
    short: { targets: [] },
  }

  constructor(
    readonly draft: DraftStrategy,
    readonly notes: TranslationNotes,
  ) {}

  take(exits: PineExit[], entries: Entries) {
    for (const exit of exits) this.notes.attempt(exit.line, () => this.#exit(exit, entries))
    const last = exits.at(-1)
    if (last) this.notes.attempt(last.line, () => this.#join())
  }

  #exit(exit: PineExit, entries: Entries) {
    const entry = entries.get(exit.from)
    if (exit.from !== "" && !entry)
      throw new NotOurs(`there is no entry named "${exit.from.slice(0, 40)}" that was understood`)
    const sides = entry ? [...entry.sides] : (["long", "short"] as const).filter((side) => this.draft.opens(side))
    const conditions = entry?.conditions ?? [...entries.values()].flatMap((one) => one.conditions)
    const isAtEntry = conditions.includes(formulaText(exit.condition))
    for (const side of sides) {
      const condition = whileHolding(exit.condition, side)
      if (isNumber(condition, 0)) continue
      if (!isAtEntry && !isNumber(condition))
        throw new NotOurs("a stop or target that is set only under a condition has no equal here")
      this.#side(exit, side, isAtEntry)
    }
  }

  #side({ line, numbers }: PineExit, side: Side, isAtEntry: boolean) {
    const found = this.#found[side]
    const given = (word: string) => {
      const value = numbers.get(word)
      const part = value && knownPart(whileHolding(value, side))
      return part && !isUnknown(part) ? part : undefined
    }
    const distance = (price: string, ticks: string, kind: "stop" | "target"): Distance | undefined => {
      const [byPrice, byTicks] = [given(price), given(ticks)]
      const whole = byPrice ? priceDistance(byPrice, side, kind) : byTicks && inTicks(byTicks, side, kind)
      if (whole && "price" in whole && !isAtEntry)
        this.notes.left(
          line,
          "Pine sets this price anew on every candle; here it is taken when the position is opened and stays",
        )
      return whole
    }
    const stop = distance("stop", "loss", "stop")
    if (stop && found.stop && textOf(stop) !== textOf(found.stop)) throw new NotOurs("a position has one stop here")
    const target = distance("limit", "profit", "target")
    const trailing = trailingOf(given("trail_points"), given("trail_offset"), side)
    const share = given("qty_percent")
    if (share && !isNumber(share)) throw new NotOurs("the share to sell is not a number")
    if (!target && share && share.value < 100) throw new NotOurs("a stop for a part of the position has no equal here")
    found.stop ??= stop
    found.trailing ??= trailing
    if (trailing) this.notes.left(line, "Pine keeps this distance in ticks; here it is percents of the best price")
    if (target)
      found.targets.push({
        distance: target,
        percent: share ? share.value : 100,
      })
  }

  /** What both sides share goes into the document; their own prices are chosen by the entry that was true. */
  #join() {
    const sides = (["long", "short"] as const).filter((side) => this.draft.opens(side))
    const founds = sides.map((side) => this.#found[side])
    if (founds.length === 0) return
    const { protect } = this.draft
    if (new Set(founds.map(({ trailing }) => JSON.stringify(trailing))).size > 1) throw new NotOurs(oneForBoth)
    if (founds[0].trailing) protect.trailing = founds[0].trailing
    const stop = this.#one(founds.map((one) => one.stop))
    if (stop) protect.stopLoss = "percent" in stop ? { kind: "percent", ...stop } : priceStop(stop.price)
    if (new Set(founds.map(({ targets }) => targets.map(({ percent }) => percent).join())).size > 1)
      throw new NotOurs(oneForBoth)
    let left = 100
    protect.takeProfit = founds[0].targets.map(({ percent }, n) => {
      const target = this.#one(founds.map(({ targets }) => targets[n].distance))!
      const share = Math.min(1, Number((percent / left).toPrecision(10)))
      if (left <= 0) throw new NotOurs("nothing is left for this target to sell")
      left -= percent
      return "percent" in target ? { ...target, share } : { formula: formulaText(target.price), share }
    })
  }

  #one(distances: (Distance | undefined)[]): Distance | undefined {
    const [first, second] = distances
    if (distances.length === 1 || (first && second && textOf(first) === textOf(second))) return first
    if (!first && !second) return undefined
    if (!first || !second || "percent" in first || "percent" in second) throw new NotOurs(oneForBoth)
    return {
      price: choice(this.draft.entryOf("long"), first.price, second.price),
    }
  }
}

const oneForBoth = "stop and targets are one for both sides here, and these differ"

function priceStop(price: Formula) {
  return { kind: "price" as const, formula: formulaText(price) }
}

function inTicks(ticks: Formula, side: Side, kind: "stop" | "target"): Distance {
  const distance = tickDistance(ticks, side, kind)
  if (!distance) throw new NotOurs("a distance in ticks belongs to one market; set it in percent")
  return distance
}

function trailingOf(points: Formula | undefined, offset: Formula | undefined, side: Side): Trailing | undefined {
  if (!points && !offset) return undefined
  const [arm, behind] = [points, offset].map((one) => one && tickDistance(one, side, "target"))
  if (!arm || !behind || !("percent" in arm) || !("percent" in behind))
    throw new NotOurs("a trailing stop counted in ticks of one market has no equal here; set it in percent")
  return { percent: behind.percent, armAtPercent: arm.percent }
}

/** `inLong ? price : na` is that price: rules apply only while there is a position. */
function knownPart(formula: Formula): Formula {
  if (formula.kind !== "choice") return formula
  if (isUnknown(formula.no)) return knownPart(formula.yes)
  return isUnknown(formula.yes) ? knownPart(formula.no) : formula
}

function isUnknown(formula: Formula) {
  return isNumber(formula) && Number.isNaN(formula.value)
}

function textOf(distance: Distance) {
  return "percent" in distance ? String(distance.percent) : formulaText(distance.price)
}
