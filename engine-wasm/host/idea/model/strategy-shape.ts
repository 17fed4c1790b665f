import { timeframesMs, type Timeframe } from "../../candles/timeframe.ts"
import { choice, type Filled, list, number, object, text, whole } from "./shape.ts"

const timeframe = choice(Object.keys(timeframesMs) as Timeframe[], "Length of a candle")
const formula = text(300)
const conditions = list(formula, 12)
const percent = (most: number, about?: string) => number(0, most, about)

const side = object({
  join: choice(["all", "any"]),
  enter: conditions,
  exitJoin: choice(["any", "all"]),
  exit: conditions,
})

const plan = text(400, "Two sentences: what it bets on, and how it gets out")
const notes = list(text(200), 8)
const assumptions = { ...notes, about: "What the person did not say and you chose, in their language" } as const
const notPossible = { ...notes, about: "What the person asked for and no rule can do" } as const

/**
 * The whole strategy as a model writes it: the document's parts under flat names, each kind's fields beside it. Empty
 * means not used: a size, a stop or limits of 0 take the product's own (stop 2 %, risk 1 %).
 */
export const wholeStrategy = object({
  plan,
  name: text(80),
  timeframe,
  markets: list(text(30), 10, "Such as BTC/USDT"),
  settings: list(
    object({ name: text(40), value: number(-1e9, 1e9) }),
    24,
    "Numbers with a name that formulas use; usually none",
  ),
  series: list(object({ name: text(40), formula }), 12, "Named formulas that conditions may use"),
  long: side,
  short: side,
  stop: object({
    kind: choice(["percent", "atr", "price", "none"], "none only where the person said so outright"),
    percent: percent(99),
    length: whole(0, 500),
    multiple: number(0, 100),
    formula,
  }),
  targets: list(
    object({ percent: percent(10_000), formula, share: number(0, 1, "Of what is still open; 1 is all") }),
    8,
  ),
  trailing: object({ percent: percent(99), armAtPercent: percent(10_000), beforeArmPercent: percent(99) }),
  breakEven: object({ atPercent: percent(10_000), plusPercent: percent(100) }),
  roi: list(object({ afterMinutes: whole(0, 10_000_000), percent: number(-100, 10_000) }), 8),
  timeStopCandles: whole(0, 1_000_000),
  size: object({
    kind: choice(
      ["risk", "equity", "quote"],
      "risk: percent of the account lost at the stop; quote: an amount of money",
    ),
    percent: percent(100),
    maxPositionPercent: percent(100),
    amount: number(0, 1e9),
  }),
  entryOrder: object({
    kind: choice(["market", "limit"]),
    offsetPercent: percent(99),
    expireCandles: whole(0, 10_000),
  }),
  add: object(
    { maxTimes: whole(0, 50), everyDropPercent: percent(99), sizeMultiple: number(0, 10) },
    "Buying more while it falls",
  ),
  limits: object({
    maxOpenPositions: whole(0, 1_000),
    cooldownCandles: whole(0, 100_000),
    dailyLossPercent: percent(100),
    maxDrawdownPercent: percent(100),
    maxCorrelation: number(0, 1),
  }),
  assumptions,
  notPossible,
})

export type WholeStrategy = Filled<typeof wholeStrategy>

/** What a small model can fill in: one market, one side, one of everything. Percents; 0 is not used. */
export const smallStrategy = object({
  plan: text(240),
  name: text(60),
  timeframe,
  market: text(20),
  buyWhen: list(text(120), 3),
  sellWhen: list(text(120), 3),
  stop: percent(50),
  target: percent(500),
  trailing: percent(50),
  risk: percent(5),
  assumptions: list(text(120), 4),
})

export type SmallStrategy = Filled<typeof smallStrategy>

/** A small strategy, in the places of a whole one. */
export function wholeFromSmall(small: SmallStrategy, empty: WholeStrategy): WholeStrategy {
  const { plan, name, timeframe, market, buyWhen, sellWhen, stop, target, trailing, risk, assumptions } = small
  return {
    ...empty,
    plan,
    name,
    timeframe,
    markets: market === "" ? [] : [market],
    long: { join: "all", enter: buyWhen, exitJoin: "any", exit: sellWhen },
    stop: { ...empty.stop, percent: stop },
    targets: target === 0 ? [] : [{ percent: target, formula: "", share: 1 }],
    trailing: { ...empty.trailing, percent: trailing },
    size: { ...empty.size, percent: risk },
    assumptions,
  }
}
