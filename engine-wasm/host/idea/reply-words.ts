import type { Timeframe } from "../candles/timeframe.ts"
import { formulaInWords } from "../strategy/document/plain-words-formula.ts"
import type { Assumption } from "./idea-draft.ts"
import type { Assumed, Language } from "./languages/language.ts"
import { conditionFormula } from "./reading/condition.ts"

/** A sentence with its places filled in. */
export function filled(sentence: string, places: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}

/** An assumption as a sentence of the person's language. */
export function assumptionInWords(
  { about, value, condition }: Assumption,
  { code, says }: Language,
  timeframe: Timeframe,
): string {
  const written = condition ? conditionShown(conditionFormula(condition, timeframe), code) : value
  const shown =
    { opposite: says.opposite, target: says.twiceTheStop }[written] ??
    (condition ? written : ownWords(written, says.terms))
  return filled(says.assumed, { what: says.what[aboutOf(about)], value: shown })
}

/** "risk 1 %" in the person's language. */
function ownWords(value: string, terms: Record<string, string> = {}): string {
  return Object.entries(terms).reduce(
    (words, [term, own]) => words.replace(new RegExp(`\\b${term}\\b`, "g"), own),
    value,
  )
}

/** Plain words for formulas are English; a formula reads the same everywhere. */
function conditionShown(formula: string, code: string): string {
  return code === "en" ? `“${formulaInWords(formula, {})}”` : formula
}

const kinds: Record<string, Assumed> = {
  breakEven: "target",
  risk: "size",
  riskMoney: "daily",
  riskWithoutStop: "size",
  dailyLoss: "daily",
  tradesPerDay: "trades",
  cooldown: "trades",
  correlation: "limit",
}

function aboutOf(about: string): Assumed {
  const known: readonly string[] = [
    "market",
    "timeframe",
    "stop",
    "exit",
    "size",
    "length",
    "limit",
    "session",
    "balance",
    "plus",
    "target",
    "trailing",
    "trades",
    "steps",
    "daily",
    "side",
    "change",
    "order",
  ]
  return known.includes(about) ? (about as Assumed) : (kinds[about] ?? "sign")
}
