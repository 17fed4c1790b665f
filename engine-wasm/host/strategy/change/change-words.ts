import {
  conditionsOf,
  type StrategyDocument,
  type StrategyRule,
  strategySchema,
  type WrittenStrategy,
} from "../document/strategy-document.ts"
import type { ForecastModel } from "../model/forecast-model.ts"
import { type AlignedItem, alignedItems } from "./alignment.ts"
import { changesBetween } from "./strategy-change.ts"
import { amountText, blockTexts, labelOf, paramText, ruleText, shown } from "./block-words.ts"

/** One thing that differs between two documents. A side on which it does not exist is undefined. */
export type ChangeWords = {
  what: string
  before?: string
  after?: string
  /** For code: line by line. */
  lines?: AlignedItem[]
}

/**
 * What changed from one document to another, in the order a person reads a strategy. Empty: they mean the same. For
 * an unfinished one it only says so.
 */
export function changesInWords(from: WrittenStrategy, to: WrittenStrategy): ChangeWords[] {
  const [before, after] = [strategySchema.safeParse(from), strategySchema.safeParse(to)]
  if (before.success && after.success) return wholeChanges(before.data, after.data)
  return changesBetween(from, to).length === 0 ? [] : [{ what: "The strategy", ...finished(before, after) }]
}

function finished(before: { success: boolean }, after: { success: boolean }) {
  const words = ({ success }: { success: boolean }) => (success ? "finished" : "not finished")
  return { before: words(before), after: words(after) }
}

function wholeChanges(from: StrategyDocument, to: StrategyDocument): ChangeWords[] {
  return [
    ...differing("Name", shown(from.name), shown(to.name)),
    ...differing("Description", shown(from.description), shown(to.description)),
    ...differing("Candles of", from.timeframe, to.timeframe),
    ...differing("Markets", from.markets.join(", "), to.markets.join(", ")),
    ...paramChanges(from.params, to.params),
    ...seriesChanges(from.series, to.series),
    ...modelChanges(from.models, to.models),
    ...ruleChanges("Buy when", from.long?.enter, to.long?.enter),
    ...ruleChanges("Sell when", from.long?.exit, to.long?.exit),
    ...ruleChanges("Sell short when", from.short?.enter, to.short?.enter),
    ...ruleChanges("Buy back when", from.short?.exit, to.short?.exit),
    ...codeChanges(from.code?.source, to.code?.source),
    ...blockChanges(from, to),
  ]
}

/** One change as a line: "Buy below 30 → 25", "Buy when + close > trend". */
export function changeText({ what, before, after }: ChangeWords): string {
  if (before === undefined) return `${what} + ${after}`
  if (after === undefined) return `${what} − ${before}`
  return `${what} ${before} → ${after}`
}

/** Nobody reads more in one line than the first few changes; the rest are counted. */
const MOST_IN_A_LINE = 3

/** All changes in one line: "Buy below 30 → 25, Stop loss 2 % → 3 % and 4 more". */
export function changeLine(changes: readonly ChangeWords[]): string {
  const first = changes.slice(0, MOST_IN_A_LINE).map(changeText).join(", ")
  const more = changes.length - MOST_IN_A_LINE
  return more > 0 ? `${first} and ${more} more` : first
}

function differing(what: string, before: string | undefined, after: string | undefined): ChangeWords[] {
  const shown = (text: string | undefined) => (text === "" ? undefined : text)
  return before === after ? [] : [{ what, before: shown(before), after: shown(after) }]
}

type Params = StrategyDocument["params"]

function paramChanges(from: Params, to: Params): ChangeWords[] {
  const names = [...new Set([...Object.keys(to), ...Object.keys(from)])]
  const changes = names.flatMap((name) => {
    const [before, after] = [valueOf(from, name), valueOf(to, name)]
    if (before && after && before.type === after.type) return fieldChanges(name, labelOf(name, to), [before, after])
    const text = (param: Params[string] | undefined, params: Params) =>
      param && `“${shown(labelOf(name, params))}” ${paramText(param)}`
    return differing("Slider", text(before, from), text(after, to))
  })
  return [...changes, ...orderChange("Order of the sliders", from, to)]
}

function fieldChanges(name: string, label: string, [before, after]: [Params[string], Params[string]]): ChangeWords[] {
  const what = shown(label)
  const renamed = differing(`Slider ${name} is called`, labelText(before), labelText(after))
  if (before.type === "bool" || after.type === "bool")
    return [...renamed, ...differing(what, paramText(before), paramText(after))]
  type Numeric = Exclude<Params[string], { type: "bool" }>
  const field = (words: string, of: (param: Numeric) => number) =>
    differing(words, amountText(of(before), {}), amountText(of(after), {}))
  return [
    ...renamed,
    ...field(what, ({ value }) => value),
    ...field(`${what}, least`, ({ min }) => min),
    ...field(`${what}, most`, ({ max }) => max),
    ...field(`${what}, step`, ({ step }) => step),
  ]
}

function labelText({ label }: Params[string]): string | undefined {
  return label === undefined ? undefined : `“${shown(label)}”`
}

function seriesChanges(from: Record<string, string>, to: Record<string, string>): ChangeWords[] {
  const names = [...new Set([...Object.keys(to), ...Object.keys(from)])]
  const text = (formula: string | undefined) => (formula === undefined ? undefined : shown(formula))
  return [
    ...names.flatMap((name) => differing(`“${name}”`, text(valueOf(from, name)), text(valueOf(to, name)))),
    ...orderChange("Order of the named formulas", from, to),
  ]
}

function modelChanges(from: StrategyDocument["models"] = {}, to: StrategyDocument["models"] = {}): ChangeWords[] {
  const names = [...new Set([...Object.keys(to), ...Object.keys(from)])]
  const text = (model: ForecastModel | undefined) =>
    model && `${shown(model.name)} ${model.hash.slice(0, HASH_LETTERS)}`
  return names.flatMap((name) =>
    differing(`Model “${shown(name)}”`, text(valueOf(from, name)), text(valueOf(to, name))),
  )
}

const HASH_LETTERS = 8

/** The order of what both have, where it differs; what is new or gone has its own entry. */
function orderChange(what: string, from: Record<string, unknown>, to: Record<string, unknown>): ChangeWords[] {
  const kept = Object.keys(from).filter((name) => Object.hasOwn(to, name))
  const keptNow = Object.keys(to).filter((name) => Object.hasOwn(from, name))
  const isInserted = Object.keys(to).slice(0, keptNow.length).join() !== keptNow.join()
  if (kept.join() !== keptNow.join()) return differing(what, kept.join(", "), keptNow.join(", "))
  return isInserted ? differing(what, Object.keys(from).join(", "), Object.keys(to).join(", ")) : []
}

function valueOf<Value>(record: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

type MaybeRule = StrategyRule | null | undefined

function ruleChanges(what: string, from: MaybeRule, to: MaybeRule): ChangeWords[] {
  if (!from || !to) return differing(what, from ? ruleText(from) : undefined, to ? ruleText(to) : undefined)
  const [before, after] = [conditionsOf(from), conditionsOf(to)]
  const words = { all: "all of these are true", any: "any of these is true" }
  return [
    ...differing(what, words[before.join], words[after.join]),
    ...paired(alignedItems(before.formulas, after.formulas)).map((pair) => ({ what, ...pair })),
  ]
}

/** Conditions taken out and put in at the same place are one condition that changed. */
function paired(items: readonly AlignedItem[]): { before?: string; after?: string }[] {
  const pairs: { before?: string; after?: string }[] = []
  let open: { before?: string; after?: string }[] = []
  for (const { kind, text } of items) {
    if (kind === "same") open = []
    if (kind === "removed") pairs.push(open[open.push({ before: shown(text) }) - 1])
    if (kind === "added") {
      const partner = open.find(({ after }) => after === undefined)
      if (partner) partner.after = shown(text)
      else pairs.push({ after: shown(text) })
    }
  }
  return pairs
}

function codeChanges(from: string | undefined, to: string | undefined): ChangeWords[] {
  if (from === to) return []
  const lines = alignedItems(from?.split("\n") ?? [], to?.split("\n") ?? [])
  const count = (wanted: AlignedItem["kind"]) => lines.filter(({ kind }) => kind === wanted).length
  const counted = (lineCount: number, how: string) => `${lineCount} ${lineCount === 1 ? "line" : "lines"} ${how}`
  const what = "Code"
  if (from === undefined) return [{ what, after: counted(lines.length, "long"), lines }]
  if (to === undefined) return [{ what, before: counted(lines.length, "long"), lines }]
  return [{ what, before: counted(count("removed"), "out"), after: counted(count("added"), "in"), lines }]
}

function blockChanges(from: StrategyDocument, to: StrategyDocument): ChangeWords[] {
  const [before, after] = [blockTexts(from), blockTexts(to)]
  return Object.keys(after).flatMap((what) => differing(what, before[what], after[what]))
}
