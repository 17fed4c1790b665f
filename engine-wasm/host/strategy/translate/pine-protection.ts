import { formulaText, type Formula } from "../formula/formula.ts"
import type { DraftStrategy, Side } from "./draft-strategy.ts"
import { choice, isNumber, NotOurs, whileHolding, withSwitches } from "./formula-making.ts"
import { isForAll, SEPARATE_EXITS, sides, type PineEnding, type PineEntries } from "./pine-entries.ts"
import { distanceText, priceDistance, tickDistance, type Distance } from "./pine-distance.ts"
import { joinSides } from "./pine-both-sides.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

/** One `strategy.exit`: its name, the prices it sets, for which entry, under which conditions. */
export type PineExit = {
  line: ScriptLine
  name: string
  from: string
  condition: Formula
  numbers: Map<string, Formula>
}

export type Trailing = { percent: number | string; armAtPercent: number | string }
/** What an exit does for its part of the position, in percent of the whole. */
export type ExitPart = { line: ScriptLine; stop?: Distance; target?: Distance; trailing?: Trailing; percent: number }

type Setting = PineEnding & { exit: PineExit; isAtEntry: boolean }

/** Turns `strategy.exit` into the document's one protection, which holds for both sides. */
export class PineProtection {
  constructor(
    readonly draft: DraftStrategy,
    readonly notes: TranslationNotes,
    readonly entries: PineEntries,
  ) {}

  take(exits: PineExit[]) {
    const understood = exits.filter((exit) => this.notes.attempt(exit.line, () => this.#known(exit)))
    const parts = sides
      .filter((side) => this.draft.opens(side))
      .map((side) => ({ side, parts: this.#partsOf(side, understood) }))
    joinSides(parts, this.draft, this.notes)
  }

  #known({ line, from, condition }: PineExit) {
    if (from !== "" && !this.entries.has(from))
      throw new NotOurs(`there is no entry named "${from.slice(0, 40)}" that was understood`)
    const acting = this.entries.sidesOf(from).filter((side) => !isNumber(whileHolding(condition, side), 0))
    if (acting.length === 0) this.notes.left(line, "there is never a position that it could protect")
  }

  /** The exits of one side in their order, each with the part of the position it takes. */
  #partsOf(side: Side, exits: PineExit[]): ExitPart[] {
    const settings = exits.flatMap((exit) => {
      const found: Setting[] = []
      this.notes.attempt(exit.line, () => found.push(...this.#setting(exit, side)))
      return found
    })
    const kept = settings.filter((one) => this.notes.attempt(one.exit.line, () => this.#keepable(one, settings, side)))
    const parts: ExitPart[] = []
    const first = kept.filter((one, n) => kept.findIndex(({ text }) => text === one.text) === n)
    for (const one of first)
      this.notes.attempt(one.exit.line, () => {
        parts.push(this.#part(one, side, 100 - parts.reduce((sum, { percent }) => sum + percent, 0)))
      })
    return parts
  }

  /** What an exit sets on this side: nothing where its condition is never met there. */
  #setting(exit: PineExit, side: Side): Setting[] {
    const all = this.entries.of(side).filter(({ id }) => exit.from === "" || id === exit.from)
    const asked = whileHolding(exit.condition, side)
    if (all.length === 0 || isNumber(asked, 0)) return []
    const entered = (when: Formula) => all.filter((one) => one.condition === formulaText(when))
    const isKnown = isNumber(asked) || entered(exit.condition).length > 0
    const whole = isKnown ? exit.condition : this.#kept(exit.condition)
    const condition = whileHolding(whole, side)
    if (isNumber(condition, 0)) {
      this.notes.left(exit.line, "its setting is off, so it is never set")
      return []
    }
    const atEntry = entered(whole)
    const isAtEntry = atEntry.length > 0 && !isNumber(condition)
    if (!isAtEntry && !isNumber(condition))
      throw new NotOurs("a stop or target that is set only under a condition has no equal here")
    const numbers = [...exit.numbers].map(([word, value]) => `${word} ${formulaText(whileHolding(value, side))}`)
    return [{ exit, isAtEntry, waysIn: isAtEntry ? atEntry : all, text: [isAtEntry, ...numbers.toSorted()].join() }]
  }

  #keepable(one: Setting, all: Setting[], side: Side) {
    if (!isForAll(one, all, this.entries.of(side))) throw new NotOurs(SEPARATE_EXITS)
    const namesakes = all.filter(({ exit, text }) => exit.name === one.exit.name && text !== one.text)
    if (namesakes.some(({ exit }) => exit.from === one.exit.from))
      throw new NotOurs("two exits of this name take each other's place, which rules cannot say")
  }

  /** `left` percent of the position are not yet promised to an exit before. */
  #part({ exit: { line, numbers }, isAtEntry }: Setting, side: Side, left: number): ExitPart {
    if (left <= 0) throw new NotOurs("an exit above it has already reserved the whole position, so it sells nothing")
    const given = (word: string) => {
      const value = numbers.get(word)
      const part = value && this.#knownPart(whileHolding(value, side), line)
      return part && !isUnknown(part) ? part : undefined
    }
    const distance = (price: string, ticks: string, kind: "stop" | "target"): Distance | undefined => {
      const [byPrice, byTicks] = [given(price), given(ticks)]
      const whole = byPrice ? priceDistance(byPrice, side, kind) : byTicks && inTicks(byTicks, side, kind)
      if (whole && !isAtEntry && this.#moves(whole)) this.notes.left(line, SET_ANEW)
      return whole
    }
    const perhaps = <Part>(word: string, step: () => Part) => attemptPart(this.notes, line, word, step)
    const stop = perhaps(numbers.has("stop") ? "stop" : "loss", () => distance("stop", "loss", "stop"))
    const target = perhaps(numbers.has("limit") ? "limit" : "profit", () => distance("limit", "profit", "target"))
    const trailing = perhaps("trail_points", () => trailingOf(given("trail_points"), given("trail_offset"), side))
    if (trailing) this.notes.left(line, "Pine keeps this distance in ticks; here it is percents of the best price")
    const share = given("qty_percent")
    if (share && !isNumber(share)) throw new NotOurs("the share to sell is not a number")
    return { line, stop, target, trailing, percent: Math.min(share?.value ?? 100, left) }
  }

  /** The formula with on/off settings at their defaults: their lines say so, as no slider moves them any more. */
  #kept(formula: Formula): Formula {
    const off = new Set<string>()
    const found = withSwitches(formula, (name) => {
      const param = this.draft.params.get(name)
      if (param?.type === "bool") off.add(name)
      return param?.type === "bool" ? param.value : undefined
    })
    for (const name of off) this.#keptSetting(name)
    return found
  }

  #keptSetting(name: string) {
    const line = this.draft.settingLines.get(name)
    const value = this.draft.params.get(name)?.value
    if (line) this.notes.left(line, `kept at its default of ${String(value)} for the stops and targets that ask for it`)
  }

  /** `inLong ? price : na` is that price: rules apply only while there is a position. */
  #knownPart(formula: Formula, line: ScriptLine): Formula {
    if (formula.kind !== "choice" || !(isUnknown(formula.no) || isUnknown(formula.yes))) return formula
    const condition = this.#kept(formula.condition)
    const chosen = choice(condition, formula.yes, formula.no)
    if (chosen.kind === "choice")
      this.notes.left(line, "Pine sets this price only while its condition holds; here always")
    return this.#knownPart(chosen.kind === "choice" ? (isUnknown(chosen.no) ? chosen.yes : chosen.no) : chosen, line)
  }

  /** Whether a price is another one on later candles: it asks for more than the entry's price and settings. */
  #moves(distance: Distance): boolean {
    const names = distanceText(distance).match(/[A-Za-z][\w.]*/g) ?? []
    return names.some((name) => name !== "position.entryPrice" && !this.draft.params.has(name))
  }
}

/** Reads one option of an exit; where it has no equal here, the line says which one is left out and the others stay. */
export function attemptPart<Part>(notes: TranslationNotes, line: ScriptLine, word: string, step: () => Part) {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof NotOurs)) throw error
    notes.missed(line, `\`${word}\` is left out: ${error.why}`)
    return undefined
  }
}

const SET_ANEW = "Pine sets this price anew on every candle; here it is taken when the position is opened and stays"

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

function isUnknown(formula: Formula) {
  return isNumber(formula) && Number.isNaN(formula.value)
}
