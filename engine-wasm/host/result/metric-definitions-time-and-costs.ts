import type { MetricDefinition } from "./metric-definition.ts"

/** When it ran and how long positions were held. */
export const timeMetrics = [
  {
    key: "fromMs", label: "From", unit: "time", better: "neither", group: "time",
    short: "Where the test begins.",
    definition: "Open time of the first strategy candle of the run.",
  },
  {
    key: "toMs", label: "To", unit: "time", better: "neither", group: "time",
    short: "Where the test ends.",
    definition: "Close of the last strategy candle of the run: its open time plus the timeframe.",
  },
  {
    key: "days", label: "Days", unit: "days", better: "neither", group: "time",
    short: "How long the test is.",
    definition: "Calendar days from the first candle's open to the last candle's close, with fractions.",
  },
  {
    key: "timeframe", label: "Timeframe", unit: "text", better: "neither", group: "time",
    short: "The length of the candles it decides on.",
    definition: "Timeframe of the strategy.",
  },
  {
    key: "averageTradeMs", label: "Average holding time", unit: "duration", better: "neither", group: "time",
    short: "How long a position was usually held.",
    definition: "Mean of exit time - entry time over all trades.",
  },
  {
    key: "averageWinMs", label: "Average holding time of winners", unit: "duration", better: "neither", group: "time",
    short: "How long winning positions were held.",
    definition: "Mean of exit time - entry time over the winning trades.",
  },
  {
    key: "averageLossMs", label: "Average holding time of losers", unit: "duration", better: "neither", group: "time",
    short: "How long losing positions were held.",
    definition: "Mean of exit time - entry time over the losing trades.",
  },
  {
    key: "longestTradeMs", label: "Longest holding time", unit: "duration", better: "neither", group: "time",
    short: "How long the most patient position was held.",
    definition: "Longest exit time - entry time of a trade.",
  },
] as const satisfies readonly MetricDefinition[]

/** What trading itself cost, and how much was traded. */
export const costMetrics = [
  {
    key: "slippagePaid", label: "Slippage paid", unit: "money", better: "lower", group: "costs",
    short: "Money lost because prices moved a little before each order was filled.",
    definition: "Sum over all trades of the money lost to the assumed slippage, both sides.",
  },
  {
    key: "profitBeforeCosts", label: "Profit before costs", unit: "money", better: "higher", group: "costs",
    short: "What it would have made if trading were free.",
    definition: "Sum of the trades' profits + fees paid + slippage paid.",
  },
  {
    key: "volume", label: "Volume", unit: "money", better: "neither", group: "costs",
    short: "All the money that was moved, buying and selling.",
    definition: "Sum over all trades of quantity x entry price + quantity x exit price.",
  },
  {
    key: "averageStake", label: "Average stake", unit: "money", better: "neither", group: "costs",
    short: "How much money a trade usually put in.",
    definition: "Mean of quantity x entry price over all trades.",
  },
] as const satisfies readonly MetricDefinition[]
