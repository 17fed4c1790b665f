import { timeframesMs, type Timeframe } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { formulaText, type Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { boundedLevels } from "./bounded-level.ts"
import { refusalOf } from "./draft-proof.ts"
import { alternatives, binary, conjuncts, isNumber, isText, named, NotOurs, whileHolding } from "./formula-making.ts"

import type { ScriptLine } from "./script-token.ts"

/** A line of the script that the document leaves out, and why. */
export type LeftLine = { line: number; text: string; why: string }

type WrittenParam = NonNullable<WrittenStrategy["params"]>[string]
type Protect = NonNullable<WrittenStrategy["protect"]>
export type Side = "long" | "short"

/** The understood part of a foreign strategy; `document` writes it down. */
export class DraftStrategy {
  name = "Moved over"
  timeframe: Timeframe = "1h"
  readonly params = new Map<string, WrittenParam>()
  readonly #series = new Map<string, Formula>()
  readonly #enter: Record<Side, Formula[]> = { long: [], short: [] }
  readonly #exit: Record<Side, Formula[]> = { long: [], short: [] }
  readonly protect: Protect = { stopLoss: { kind: "none" } }
  size: WrittenStrategy["size"] = { kind: "equity", percent: 100 }
  readonly limits: NonNullable<WrittenStrategy["limits"]> = {}
  /** The line of the script that each param comes from. */
  readonly settingLines = new Map<string, ScriptLine>()
  /** Ends of a slider that the script does not say. */
  readonly openEnds = new Map<string, { min: boolean; max: boolean }>()
  readonly #proved = new Set<string>()

  /** Keeps a formula under a name of its own and returns the name; plain names and numbers stay unchanged. */
  keep(name: string, formula: Formula): Formula {
    if (formula.kind === "name" || formula.kind === "number" || isText(formula)) return formula
    if (/NaN|position\./.test(formulaText(formula))) return formula
    this.prove(formula)
    const free = this.freeName(name)
    this.#series.set(free, formula)
    return named(free)
  }

  /** Throws `NotOurs` with the reason where our rules refuse the formula: its own line says so, and the rest stays. */
  prove(formula: Formula) {
    const text = formulaText(formula)
    if (isText(formula) || /NaN|Infinity|position\./.test(text) || this.#proved.has(text)) return
    this.#fits({ long: { enter: { all: [text] }, exit: null } })
    this.#proved.add(text)
  }

  /** The same for a protection or limit. */
  proveParts(parts: Pick<WrittenStrategy, "protect" | "limits" | "size">) {
    this.#fits({ long: { enter: { all: ["close > open"] }, exit: null }, ...parts })
  }

  #fits(parts: Partial<WrittenStrategy>) {
    const refused = refusalOf(this.#written({ protect: { stopLoss: { kind: "none" } }, size: this.size, ...parts }))
    if (refused) throw new NotOurs(refused.because)
  }

  /** An unused name for a series or param. */
  freeName(wanted: string): string {
    const letters = wanted.replaceAll(/\W/g, "_").replace(/^[^A-Za-z]+/, "") || "value"
    const base = reserved.has(letters) ? `${letters}Value` : letters
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? "" : String(n)
      const name = base.slice(0, 40 - suffix.length) + suffix
      if (!this.#series.has(name) && !this.params.has(name)) return name
    }
  }

  /** An entry; `turnsRound` where it also ends a position of the other side. */
  enter(side: Side, condition: Formula, turnsRound = false) {
    const entry = known(whileHolding(condition, "flat"))
    if (formulaText(entry).includes("position."))
      throw new NotOurs("an entry asks about a position that is not there yet")
    if (!isNumber(entry)) this.prove(entry)
    this.#enter[side].push(entry)
    if (turnsRound) this.exit(side === "long" ? "short" : "long", condition)
  }

  exit(side: Side, condition: Formula) {
    const exit = known(whileHolding(condition, side))
    if (!isNumber(exit))
      this.#fits({ [side]: { enter: { all: ["close > open"] }, exit: { all: [formulaText(exit)] } } })
    this.#exit[side].push(exit)
  }

  /** Whether positions of this side are ever opened. */
  opens(side: Side) {
    return this.#enter[side].some((reason) => !isNumber(reason, 0))
  }

  /** What must hold for an entry of the side. */
  entryOf(side: Side): Formula {
    return this.#enter[side].reduce((any, one) => binary("or", any, one))
  }

  /** No positions of this side: its entries and exits are dropped. */
  forget(side: Side) {
    this.#enter[side].length = 0
    this.#exit[side].length = 0
  }

  get hasEntry() {
    return this.opens("long") || this.opens("short")
  }

  get document(): WrittenStrategy {
    const sides = { long: this.#side("long"), short: this.#side("short") }
    const limits = Object.keys(this.limits).length > 0 ? { limits: this.limits } : {}
    return this.#written({ ...sides, protect: this.protect, size: this.size, ...limits }, this.#fittedParams())
  }

  /** These parts with the params and series they use. */
  #written(parts: Partial<WrittenStrategy>, params = [...this.params]): WrittenStrategy {
    const used = this.#usedNames(JSON.stringify(parts))
    const series = [...this.#series].filter(([name]) => used.has(name))
    return {
      format: "candlewright.strategy/1",
      name: this.name.slice(0, 80),
      timeframe: this.timeframe,
      markets: ["BTC/USDT"],
      params: Object.fromEntries(params.filter(([name]) => used.has(name))),
      series: Object.fromEntries(series.map(([name, formula]) => [name, formulaText(formula)])),
      ...parts,
    } as WrittenStrategy
  }

  /** A level of an oscillator runs over the oscillator's range, where the script does not say otherwise. */
  #fittedParams(): [string, WrittenParam][] {
    const rules = (["long", "short"] as const).flatMap((side) => [...this.#enter[side], ...this.#exit[side]])
    const levels = boundedLevels(rules, this.#series)
    return [...this.params].map(([name, param]) => {
      const [range, open] = [levels.get(name), this.openEnds.get(name)]
      if (!range || !open || param.type === "bool" || param.value < range.min || param.value > range.max)
        return [name, param]
      const { min, max } = param
      return [name, { ...param, min: open.min ? range.min : min, max: open.max ? range.max : max }]
    })
  }

  #side(side: Side) {
    const enter = ruleOf(this.#enter[side])
    return enter ? { enter, exit: ruleOf(this.#exit[side]) } : null
  }

  /** Names in the text, and those that the series among them use. */
  #usedNames(text: string): Set<string> {
    const used = new Set<string>()
    const read = (words: string) => {
      for (const name of words.match(/[A-Za-z]\w*/g) ?? []) {
        const formula = this.#series.get(name)
        if (used.has(name) || (!formula && !this.params.has(name))) continue
        used.add(name)
        if (formula) read(formulaText(formula))
      }
    }
    read(text)
    return used
  }
}

/** A condition on a value that is never known would not be a formula. */
function known(condition: Formula): Formula {
  if (/NaN|Infinity/.test(formulaText(condition))) throw new NotOurs("it asks for a value that is never known (`na`)")
  return condition
}

const inputs = "open high low close volume hl2 hlc3 ohlc4 hour weekday time position and or not"
const reserved = new Set([...functionCatalogue.keys(), ...inputs.split(" "), ...Object.keys(timeframesMs)])

/** Several reasons are alternatives; one alone is split into the conditions it joins. */
function ruleOf(reasons: Formula[]): { all: string[] } | { any: string[] } | null {
  const possible = reasons.filter((reason) => !isNumber(reason, 0))
  if (possible.length === 0) return null
  if (possible.length > 1) return { any: distinct(possible.flatMap(alternatives)) }
  const any = alternatives(possible[0])
  return any.length > 1 ? { any: distinct(any) } : { all: distinct(conjuncts(possible[0])) }
}

function distinct(formulas: Formula[]): string[] {
  return [...new Set(formulas.map(formulaText))]
}
