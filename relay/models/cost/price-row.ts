import { DAY_MS, HOUR_MS } from "#engine/candles"
import type { ModelFacts } from "../provider.ts"
import type { TokenUsage } from "../token-usage.ts"
import { firstPrices } from "./first-prices.ts"

/** What a million tokens cost, in millionths of a dollar: 0.10 dollars are 100,000. */
export type TokenPrices = { input: number; cachedRead: number; cachedWrite: number; output: number }

/** What a model costs, as somebody read it somewhere. People edit these rows; nothing checks them but their date. */
export type PriceRow = {
  /** As its server calls it, without a date at its end. */
  model: string
  prices: TokenPrices
  /** When it was read, such as "2026-11". */
  readOn: string
  surcharges?: readonly Surcharge[]
}

/** When a price is multiplied; all conditions that are given must hold. */
export type Surcharge = {
  times: number
  of: "input" | "all"
  aboveInputTokens?: number
  /** Hours of the day in UTC, from and until. */
  utcHours?: readonly (readonly [from: number, until: number])[]
  onWeekdaysOnly?: boolean
  fromMs?: number
}

/** No money goes to anybody. */
const freeRow: PriceRow = { model: "", prices: { input: 0, cachedRead: 0, cachedWrite: 0, output: 0 }, readOn: "" }

/**
 * The row of a model; undefined where nobody knows its price, which is not the same as free. A price that a person
 * entered counts wherever the model runs: their own server may well ask a company.
 */
export function priceRowOf(facts: ModelFacts, rows: readonly PriceRow[]): PriceRow | undefined {
  if (facts.place === "hosted") return rowNamed(facts, rows)
  const entered = rows.filter((row) => !firstPrices.includes(row))
  return rowNamed(facts, entered) ?? freeRow
}

function rowNamed(facts: ModelFacts, rows: readonly PriceRow[]): PriceRow | undefined {
  const name = facts.model.replace(/^models\//, "")
  return rows.find(({ model }) => model === name) ?? rows.find(({ model }) => isDated(name, model))
}

/** Servers put the day of a model's make behind its name. */
function isDated(name: string, model: string): boolean {
  return name.startsWith(`${model}-`) && /^-(\d{8}|\d{4}(-\d{2}){0,2}|latest|preview)$/.test(name.slice(model.length))
}

/** What a call cost in whole millionths of a dollar, rounded up. */
export function costMicroDollars(row: PriceRow, usage: TokenUsage, atMs: number): number {
  const { input, cachedRead, cachedWrite, output } = pricesAt(row, inputTokens(usage), atMs)
  const parts = [
    [usage.uncached, input],
    [usage.cachedRead, cachedRead],
    [usage.cachedWrite, cachedWrite],
    [usage.output, output],
  ]
  return Math.ceil(parts.reduce((sum, [tokens, price]) => sum + tokens * price, 0) / 1_000_000)
}

/** The most that a call can cost: nothing is in a cache, the answer is as long as it may be, and no price falls. */
export function worstMicroDollars(
  row: PriceRow,
  { input, output, atMs }: { input: number; output: number; atMs: number },
): number {
  const usage = { uncached: input, cachedRead: 0, cachedWrite: 0, output }
  const written = { uncached: 0, cachedRead: 0, cachedWrite: input, output }
  // A call that begins before a dear hour may end in it.
  const times = [atMs, atMs + HOUR_MS]
  return Math.max(...times.flatMap((at) => [usage, written].map((each) => costMicroDollars(row, each, at))))
}

export function inputTokens({ uncached, cachedRead, cachedWrite }: TokenUsage): number {
  return uncached + cachedRead + cachedWrite
}

function pricesAt({ prices, surcharges = [] }: PriceRow, input: number, atMs: number): TokenPrices {
  const holding = surcharges.filter((surcharge) => holds(surcharge, input, atMs))
  const times = (of: Surcharge["of"][]) =>
    holding.filter((each) => of.includes(each.of)).reduce((product, each) => product * each.times, 1)
  const ofInput = times(["input", "all"])
  return {
    input: prices.input * ofInput,
    cachedRead: prices.cachedRead * ofInput,
    cachedWrite: prices.cachedWrite * ofInput,
    output: prices.output * times(["all"]),
  }
}

function holds(
  { aboveInputTokens, utcHours, onWeekdaysOnly, fromMs }: Surcharge,
  input: number,
  atMs: number,
): boolean {
  const hour = (atMs % DAY_MS) / HOUR_MS
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(atMs / DAY_MS) + THURSDAY) % 7
  return (
    (aboveInputTokens === undefined || input > aboveInputTokens) &&
    (utcHours === undefined || utcHours.some(([from, until]) => hour >= from && hour < until)) &&
    (!onWeekdaysOnly || (weekday >= 1 && weekday <= 5)) &&
    (fromMs === undefined || atMs >= fromMs)
  )
}

const THURSDAY = 4
