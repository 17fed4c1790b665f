import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { emptyOf, filledFrom } from "./filled.ts"
import { withNamedNumbers, withOldNames } from "./named-numbers.ts"
import { smallStrategy, wholeFromSmall, wholeStrategy, type WholeStrategy } from "./strategy-shape.ts"
import { writtenStrategy } from "./written-strategy.ts"

/** Which of the shapes a model was given. */
export type StrategyForm = "full" | "small"

/** A model's strategy as a whole document, or all that is wrong with it, at the places where the model wrote it. */
export type ModelStrategy =
  | { ok: true; document: StrategyDocument; assumptions: string[]; notPossible: string[] }
  | { ok: false; problems: StrategyProblem[] }

type Options = { form: StrategyForm; given?: StrategyDocument }

/** Reads what a model filled in. A document in its own written form is taken too: some models know it. */
export function strategyFromModel(value: unknown, { form, given }: Options): ModelStrategy {
  if (isDocument(value)) return checked(value, { assumptions: [], notPossible: [] })
  const { filled, problems } = form === "small" && !looksWhole(value) ? smallFrom(value) : wholeFrom(value)
  if (problems.length > 0) return { ok: false, problems }
  const written = writtenStrategy(filled, given)
  const { assumptions, notPossible } = filled
  const restored = given === undefined ? written : withOldNames(given, written)
  const read = checked(restored, { assumptions, notPossible }, given)
  return read.ok || form === "full" ? read : { ok: false, problems: read.problems.map(asSmall) }
}

type Notes = { assumptions: string[]; notPossible: string[] }

function checked(written: WrittenStrategy, notes: Notes, given?: StrategyDocument): ModelStrategy {
  // A number that cannot become a slider stays a number.
  for (const attempt of [withNamedNumbers(written, given), written]) {
    const read = strategyFromJson(attempt)
    if (read.ok) return { ok: true, document: read.strategy, ...notes }
  }
  const read = strategyFromJson(written)
  return read.ok
    ? { ok: true, document: read.strategy, ...notes }
    : { ok: false, problems: read.problems.map(asWritten) }
}

function isDocument(value: unknown): value is WrittenStrategy {
  return (
    typeof value === "object" && value !== null && (value as { format?: unknown }).format === "candlewright.strategy/1"
  )
}

function looksWhole(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("long" in value || "short" in value)
}

function wholeFrom(value: unknown): { filled: WholeStrategy; problems: StrategyProblem[] } {
  const read = filledFrom(wholeStrategy, value)
  return { filled: read.value, problems: read.problems }
}

function smallFrom(value: unknown): { filled: WholeStrategy; problems: StrategyProblem[] } {
  const read = filledFrom(smallStrategy, value)
  return { filled: wholeFromSmall(read.value, emptyOf(wholeStrategy) as WholeStrategy), problems: read.problems }
}

/** Where a part of the document stands in what a model writes. */
const places: [RegExp, string][] = [
  [/^protect\.stopLoss/, "stop"],
  [/^protect\.takeProfit/, "targets"],
  [/^protect\.timeStop(\.candles)?/, "timeStopCandles"],
  [/^protect\./, ""],
  [/^orders\.entry/, "entryOrder"],
  [/^params\./, "settings."],
  [/^(long|short)\.enter\.(all|any)/, "$1.enter"],
  [/^(long|short)\.exit\.(all|any)/, "$1.exit"],
  [/^description/, "plan"],
]

/** The same in the shape of small models. */
const smallPlaces: [RegExp, string][] = [
  [/^long\.enter/, "buyWhen"],
  [/^long\.exit/, "sellWhen"],
  [/^stop\.\w+/, "stop"],
  [/^targets\[0\]\.\w+/, "target"],
  [/^trailing\.\w+/, "trailing"],
  [/^size\.\w+/, "risk"],
  [/^markets\[0\]/, "market"],
]

function asSmall({ path, because }: StrategyProblem): StrategyProblem {
  const [from, to] = smallPlaces.find(([place]) => place.test(path)) ?? [/^/, ""]
  return { path: path.replace(from, to), because }
}

function asWritten({ path, because }: StrategyProblem): StrategyProblem {
  const [from, to] = places.find(([place]) => place.test(path)) ?? [/^/, ""]
  return { path: path.replace(from, to), because }
}
