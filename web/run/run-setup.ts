import { DAY_MS, isoTime, isTimeframe, type Timeframe } from "#engine/candles"
import type { FillMode } from "#engine/run"
import type { RealVenueId } from "#venues"
import { isoDate, timeOfIsoDate } from "../ui/date-format.ts"
import { knownVenue } from "./venue-terms.ts"

/** Everything that decides a backtest's result, as the address holds it. */
export type RunSetup = {
  /** "sample", or the id of an imported market. */
  market: string
  /** Further markets tested together with it, with one account. */
  also: string[]
  /** The market whose chart is shown, where it is not the first. */
  shown?: string
  /** The id of a template. */
  strategy: string
  /** Where it is not the template's own. */
  timeframe?: Timeframe
  /** Only those moved away from the template's own values. */
  params: Record<string, number | boolean>
  /** In the market's quote currency; about a hundred dollars' worth by default. */
  cash?: number
  feePercent: number
  slippagePercent: number
  /** Candles of the market between a decision and its order reaching the market. */
  delayCandles: number
  fills: FillMode
  /** How much larger than its margin a short may be. */
  leverage: number
  /** Whose minimum order counts; by default, that of the market's own exchange. */
  venue?: RealVenueId
  /** The test leaves out this much of the period, at its end. */
  unseenPercent: number
  /** From this moment on and up to that one (exclusive); by default, from the first or to the last candle. */
  fromMs?: number
  toMs?: number
}

export const defaultSetup: RunSetup = {
  market: "sample",
  also: [],
  strategy: "sma-cross",
  params: {},
  feePercent: 0.1,
  slippagePercent: 0.05,
  delayCandles: 0,
  fills: "conservative",
  leverage: 1,
  unseenPercent: 0,
}

export const setupBounds = {
  cash: { min: 0.000_01, max: 1_000_000_000 },
  feePercent: { min: 0, max: 5 },
  slippagePercent: { min: 0, max: 5 },
  delayCandles: { min: 0, max: 1000 },
  leverage: { min: 1, max: 125 },
  unseenPercent: { min: 0, max: 80 },
}

/** More markets than this would not fit into the memory of a phone. */
export const MOST_MARKETS = 12

export const fillModes: readonly FillMode[] = ["conservative", "freqtrade", "backtesting.py"]

/** The address's texts for a setup, without defaults. */
export type SetupSearch = {
  market?: string
  also?: string
  shown?: string
  strategy?: string
  timeframe?: string
  params?: string
  cash?: string
  fee?: string
  slippage?: string
  delay?: string
  fills?: string
  leverage?: string
  venue?: string
  unseen?: string
  from?: string
  to?: string
}

/** Reads a setup from the address. Unreadable parts count as missing. */
export function setupFromSearch(search: Record<string, unknown>): RunSetup {
  const text = (name: keyof SetupSearch) => (typeof search[name] === "string" ? search[name] : "")
  return {
    market: text("market") || defaultSetup.market,
    also: furtherMarkets(text("also"), text("market") || defaultSetup.market),
    shown: text("shown") || undefined,
    strategy: text("strategy") || defaultSetup.strategy,
    timeframe: isTimeframe(text("timeframe")) ? (text("timeframe") as Timeframe) : undefined,
    params: paramsFromText(text("params")),
    cash: numberWithin(text("cash"), setupBounds.cash, undefined),
    feePercent: numberWithin(text("fee"), setupBounds.feePercent, defaultSetup.feePercent),
    slippagePercent: numberWithin(text("slippage"), setupBounds.slippagePercent, defaultSetup.slippagePercent),
    delayCandles: wholeWithin(text("delay"), setupBounds.delayCandles),
    fills: fillModes.find((mode) => mode === text("fills")) ?? defaultSetup.fills,
    leverage: numberWithin(text("leverage"), setupBounds.leverage, defaultSetup.leverage),
    venue: knownVenue(text("venue")),
    unseenPercent: numberWithin(text("unseen"), setupBounds.unseenPercent, defaultSetup.unseenPercent),
    fromMs: momentFromText(text("from"), 0),
    toMs: momentFromText(text("to"), DAY_MS),
  }
}

/** Writes a setup into the address. */
export function searchFromSetup(setup: RunSetup): SetupSearch {
  return {
    market: unless(setup.market, defaultSetup.market),
    also: unless(setup.also.join(","), ""),
    shown: setup.shown,
    strategy: unless(setup.strategy, defaultSetup.strategy),
    timeframe: setup.timeframe,
    params: unless(paramsText(setup.params), ""),
    cash: setup.cash === undefined ? undefined : String(setup.cash),
    fee: unless(String(setup.feePercent), String(defaultSetup.feePercent)),
    slippage: unless(String(setup.slippagePercent), String(defaultSetup.slippagePercent)),
    delay: unless(String(setup.delayCandles), String(defaultSetup.delayCandles)),
    fills: unless(setup.fills, defaultSetup.fills),
    leverage: unless(String(setup.leverage), String(defaultSetup.leverage)),
    venue: setup.venue,
    unseen: unless(String(setup.unseenPercent), String(defaultSetup.unseenPercent)),
    from: momentText(setup.fromMs, 0),
    to: momentText(setup.toMs, DAY_MS),
  }
}

/** The address where the tested strategy is put to work, with its sliders where they are. */
export function deploySearch({ strategy, timeframe }: RunSetup, params: RunSetup["params"]): SetupSearch {
  return { strategy, timeframe, params: unless(paramsText(params), "") }
}

/** Each once, and not the first again. */
function furtherMarkets(text: string, market: string): string[] {
  const ids = new Set(text.split(",").filter((id) => id !== "" && id !== market))
  return [...ids].slice(0, MOST_MARKETS - 1)
}

/**
 * Whole UTC days as days (the last one named, not the one after it), and other moments in full, such as the midnights
 * of other clocks: a shared link means the same moments everywhere.
 */
function momentText(timeMs: number | undefined, leadMs: number): string | undefined {
  if (timeMs === undefined) return undefined
  return timeMs % DAY_MS === 0 ? isoDate(timeMs - leadMs) : isoTime(timeMs)
}

function momentFromText(text: string, leadMs: number): number | undefined {
  const dayMs = timeOfIsoDate(text)
  if (dayMs !== undefined) return dayMs + leadMs
  const timeMs = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function paramsText(params: RunSetup["params"]): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}:${value}`)
    .join(",")
}

function paramsFromText(text: string): RunSetup["params"] {
  const pairs = [...text.matchAll(/([A-Za-z]\w*):([^,]+)/g)].map(
    ([, name, value]) => [name, paramValue(value)] as const,
  )
  return Object.fromEntries(pairs.filter(([, value]) => !Number.isNaN(value)))
}

function paramValue(text: string): number | boolean {
  return text === "true" || text === "false" ? text === "true" : Number(text)
}

function numberWithin<Otherwise>(
  text: string,
  { min, max }: { min: number; max: number },
  otherwise: Otherwise,
): number | Otherwise {
  const value = text === "" ? Number.NaN : Number(text)
  return value >= min && value <= max ? value : otherwise
}

/** No whole number within the bounds: 0. */
function wholeWithin(text: string, bounds: { min: number; max: number }): number {
  const value = numberWithin(text, bounds, 0)
  return Number.isInteger(value) ? value : 0
}

function unless(text: string, usual: string): string | undefined {
  return text === usual ? undefined : text
}
