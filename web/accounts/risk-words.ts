import { plainText } from "#engine/candles"
import { formatPercent, formatShort } from "../ui/number-format.ts"
import type { RiskSettings } from "./account.ts"

type LimitName = {
  [Name in keyof RiskSettings]: RiskSettings[Name] extends number ? Name : never
}[keyof RiskSettings]

type Limit = {
  name: LimitName
  label: string
  /** What the value means, in a sentence. */
  words: (value: number) => string
  min: number
  max: number
  step: number
}

/** The limits that are numbers: a smaller one is a tighter one. */
export const limits: Limit[] = [
  {
    name: "riskPercent",
    label: "Risk of one trade, %",
    words: (value) => `A trade that ends at its stop costs at most ${formatPercent(value)} of the account.`,
    min: 0.1,
    max: 5,
    step: 0.1,
  },
  {
    name: "dailyLossPercent",
    label: "Loss of one day, %",
    words: (value) => `After a loss of ${formatPercent(value)} nothing is bought until the next day (UTC).`,
    min: 0.5,
    max: 20,
    step: 0.5,
  },
  {
    name: "maxDrawdownPercent",
    label: "Fall from the highest, %",
    words: (value) => `${formatPercent(value, 0)} below its highest, the account buys nothing more.`,
    min: 5,
    max: 60,
    step: 1,
  },
  {
    name: "maxSharePercent",
    label: "Share of one coin, %",
    words: (value) => `At most ${formatPercent(value, 0)} of the account is in one coin.`,
    min: 5,
    max: 100,
    step: 1,
  },
  {
    name: "maxPositions",
    label: "Positions at once",
    words: (value) => `All bots together hold at most ${formatShort(value)}.`,
    min: 1,
    max: 20,
    step: 1,
  },
  {
    name: "maxCorrelation",
    label: "Likeness of two coins",
    words: (value) =>
      value >= 1
        ? "Coins may move alike."
        : `A coin that moves like one already held (more than ${formatShort(value)} of 1) is not bought.`,
    min: 0.3,
    max: 1,
    step: 0.05,
  },
  {
    name: "maxOrdersPerMinute",
    label: "Orders a minute",
    words: (value) => `A strategy gone wild sends at most ${formatShort(value)} orders a minute.`,
    min: 1,
    max: 60,
    step: 1,
  },
]

/** A setting as it would be, in few words. */
export function settingWords(name: keyof RiskSettings, risk: RiskSettings): string {
  if (name === "requireStop") return risk.requireStop ? "every entry needs a stop" : "entries need no stop"
  if (name === "maxOrderQuote")
    return risk.maxOrderQuote === null
      ? "no limit for one order"
      : `at most ${plainText(risk.maxOrderQuote, 40)} in one order`
  if (name === "allowedMarkets")
    return risk.allowedMarkets === null ? "all markets" : `only ${marketsText(risk.allowedMarkets)}`
  return `${limits.find((limit) => limit.name === name)?.label.toLowerCase() ?? name} ${formatShort(risk[name])}`
}

/** What differs between two. */
export function changedOf(before: RiskSettings, after: RiskSettings): Partial<RiskSettings> {
  const names = Object.keys(before) as (keyof RiskSettings)[]
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  )
}

/** Whether a change allows more than now, so that it waits for the next day. */
export function isLooser(name: keyof RiskSettings, now: RiskSettings, wanted: RiskSettings): boolean {
  if (name === "requireStop") return now.requireStop && !wanted.requireStop
  if (name === "maxOrderQuote") return wider(now.maxOrderQuote, wanted.maxOrderQuote)
  if (name === "allowedMarkets") return isMore(now.allowedMarkets, wanted.allowedMarkets)
  return wanted[name] > now[name]
}

function wider(now: string | null, wanted: string | null): boolean {
  return now !== null && (wanted === null || Number(wanted) > Number(now))
}

function isMore(now: string[] | null, wanted: string[] | null): boolean {
  return now !== null && (wanted === null || wanted.some((market) => !now.includes(market)))
}

export function marketsText(markets: string[] | null): string {
  return (markets ?? []).map((name) => plainText(name, 40)).join(", ")
}

/** Names separated by commas or spaces; none means all. */
export function marketsFromText(text: string): string[] | null {
  const names = text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
  return names.length === 0 ? null : [...new Set(names)].toSorted()
}
