import type { MetricDefinition } from "./metric-definition.ts"

/** The eight numbers everybody sees first. */
export const basicMetrics = [
  {
    key: "totalReturnPercent",
    label: "Total return",
    unit: "percent",
    signed: true,
    better: "higher",
    group: "basics",
    short: "How much the starting money grew or shrank, after all costs.",
    definition:
      "(final equity / starting cash - 1) x 100. Equity is cash plus open positions at the close, net of fees.",
  },
  {
    key: "marketChangePercent",
    label: "Just holding",
    unit: "percent",
    signed: true,
    better: "neither",
    group: "basics",
    short: "How much the same money would have grown or shrunk by buying at the start and doing nothing.",
    definition:
      "(holding / starting cash - 1) x 100, where holding is the same cash put into the run's markets in equal parts at the close of each one's first base candle of the period, at its last close; no fees. The same for every strategy on these candles.",
  },
  {
    key: "maxDrawdownPercent",
    label: "Worst dip",
    unit: "percent",
    better: "lower",
    group: "basics",
    short: "The deepest fall from a high point: what you would have had to sit through.",
    definition:
      "Largest (peak - equity) / peak x 100, with peak the highest equity so far (the starting cash at first), over the equity at every strategy candle's close. 0 to 100.",
  },
  {
    key: "sharpe",
    label: "Sharpe ratio",
    unit: "ratio",
    better: "higher",
    group: "basics",
    needs: "days30",
    short: "Gain compared with how much it wobbled from day to day; above 1 is good, above 3 is suspicious.",
    definition:
      "mean / sample standard deviation (ddof 1) of the daily UTC returns of equity, x sqrt(365), risk-free rate 0. The first day starts from the starting cash; a day without candles returns 0. Undefined without at least 2 days or without any change. Source: Sharpe, The Sharpe Ratio (1994).",
  },
  {
    key: "profitFactor",
    label: "Profit factor",
    unit: "ratio",
    better: "higher",
    group: "basics",
    needs: "trades30",
    short: "Money won for each unit of money lost; below 1 the strategy loses.",
    definition:
      'Sum of the profits of winning trades / absolute sum of the profits of losing trades, after fees. Infinity when there are wins and no loss (in JSON the word "Infinity").',
  },
  {
    key: "winRatePercent",
    label: "Win rate",
    unit: "percent",
    better: "higher",
    group: "basics",
    needs: "trades30",
    short: "How many trades out of a hundred made money; says nothing about how much.",
    definition:
      "Trades with a profit above 0 after fees / all closed trades x 100. Draws count in the denominator; positions closed at the end of the data count as closed.",
  },
  {
    key: "tradeCount",
    label: "Trades",
    unit: "count",
    better: "neither",
    group: "basics",
    short: "How often it bought and sold; below 30 the other numbers say little.",
    definition: "Closed trades, including those closed at the last candle because the data ended.",
  },
  {
    key: "feesPaid",
    label: "Fees paid",
    unit: "money",
    better: "lower",
    group: "basics",
    short: "What the exchange took for all these trades.",
    definition: "Sum of the entry and exit fees of all trades, in the quote currency.",
  },
] as const satisfies readonly MetricDefinition[]
