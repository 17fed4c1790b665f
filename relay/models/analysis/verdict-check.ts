import {
  AHEAD_CANDLES,
  type MarketAction,
  type MarketReading,
  RANGE_CANDLES,
  type ReadCall,
  sharePercent,
} from "#engine/run"
import { claimsAct } from "../talk/claimed-act.ts"
import { safeText } from "../talk/safe-text.ts"

/** What of a model's verdict holds against the facts, and what is wrong with it, in sentences for the model. */
export type CheckedVerdict = { ok: true; call: ReadCall } | { ok: false; problems: string[] }

const MOST_REASONS = 6
/** An entry is a price that can be had now: so many ATR from the close. */
const ENTRY_ATRS = 3
/** A stop is where the market has been, or a little beyond. */
const BEYOND_ATRS = 2

/** Checks what a model called: the levels are the market's own, and every number it writes is one of the facts. */
export function checkedVerdict(raw: Readonly<Record<string, unknown>>, facts: MarketReading): CheckedVerdict {
  const action = (["BUY", "SELL", "HOLD"] as const).find((one) => one === raw.action)
  if (action === undefined) return { ok: false, problems: ["action: it is BUY, SELL or HOLD"] }
  const { confidence } = raw
  const reasons = reasonsIn(raw.reasons)
  const levels = action === "HOLD" ? { entry: null, stop: null } : { entry: Number(raw.entry), stop: Number(raw.stop) }
  const isSure = typeof confidence === "number" && Number.isInteger(confidence) && confidence >= 0 && confidence <= 100
  const problems = [
    ...(isSure ? [] : ["confidence: it is a whole number from 0 to 100"]),
    ...(action === "HOLD" ? [] : levelProblems(action, { entry: levels.entry!, stop: levels.stop! }, facts)),
    ...(reasons.length === 0 ? ["reasons: give at least one"] : []),
    ...numberProblems(reasons, facts, [levels.entry, levels.stop, Number(confidence)]),
  ]
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, call: { action, confidence: Number(confidence), ...levels, reasons } }
}

function reasonsIn(written: unknown): string[] {
  if (!Array.isArray(written)) return []
  return written
    .filter((one): one is string => typeof one === "string")
    .map((one) => safeText(one).replaceAll("\n", " ").trim())
    .filter((one) => one !== "" && !claimsAct(one))
    .slice(0, MOST_REASONS)
}

function levelProblems(
  action: Exclude<MarketAction, "HOLD">,
  { entry, stop }: { entry: number; stop: number },
  { close, atr, low, high }: MarketReading,
): string[] {
  if (atr === null || low === null || high === null) return ["action: too few candles are known for levels; say HOLD"]
  const isEntry = Number.isFinite(entry) && Math.abs(entry - close) <= ENTRY_ATRS * atr
  const isSide = action === "BUY" ? stop < entry : stop > entry
  const isStop = stop > 0 && stop >= low - BEYOND_ATRS * atr && stop <= high + BEYOND_ATRS * atr
  return [
    ...(isEntry ? [] : [`entry: it is within ${ENTRY_ATRS} ATR of the last close, ${close}`]),
    ...(isSide ? [] : [`stop: for ${action} it is ${action === "BUY" ? "below" : "above"} the entry`]),
    ...(isStop
      ? []
      : [`stop: it is where the market has been, from ${low} to ${high}, or at most ${BEYOND_ATRS} ATR beyond`]),
  ]
}

const writtenNumber = /\d+(?:[ ',]\d{3})*(?:\.\d+)?/g

function numberProblems(reasons: readonly string[], facts: MarketReading, own: readonly (number | null)[]): string[] {
  const known = [...knownNumbers(facts), ...own.filter((one) => one !== null)].filter(Number.isFinite)
  const strange = reasons
    .flatMap((reason) => reason.match(writtenNumber) ?? [])
    .filter((text) => !known.some((fact) => isSame(text, fact)))
  return strange.length === 0
    ? []
    : [`reasons: ${[...new Set(strange)].join(", ")} is none of the facts; use their numbers`]
}

/** A fact rounded to as many digits as were written. */
function isSame(text: string, fact: number): boolean {
  const plain = text.replace(/[ ',]/g, "")
  const decimals = plain.split(".")[1]?.length ?? 0
  return Math.abs(Number(plain) - Math.abs(fact)) <= 0.5 * 10 ** -decimals * (1 + 1e-9)
}

/** All numbers of the facts, and those in their formulas and words. */
function knownNumbers(facts: MarketReading): number[] {
  const { close, low, high, atr, changePercent, candleCount, values, past, baselines, timeframe } = facts
  const inWords = [timeframe, ...values.map(({ formula }) => formula)].flatMap((text) =>
    (text.match(writtenNumber) ?? []).map(Number),
  )
  const counts = [past, ...Object.values(baselines)].flatMap((one) => [one.count, one.cameTrue, sharePercent(one)])
  const prices = [close, low, high, atr, changePercent, ...values.map(({ value }) => value)]
  return [
    ...prices.filter((one) => one !== null),
    ...counts,
    ...inWords,
    candleCount,
    AHEAD_CANDLES,
    RANGE_CANDLES,
    // Half, and the ends of the RSI, stand in the words of the rules.
    30,
    50,
    70,
    100,
    ...Array.from({ length: 11 }, (_, small) => small),
  ]
}
