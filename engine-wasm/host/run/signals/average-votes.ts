import type { VoteRule } from "./vote-rule.ts"

// The rules TradingView publishes for its Technical Ratings, moving averages:
// https://www.tradingview.com/support/solutions/43000614331-technical-ratings/

const LENGTHS = [10, 20, 30, 50, 100, 200]

const ICHIMOKU = "ichimoku(9, 26, 52)"

const ichimoku: VoteRule = {
  name: "ichimoku",
  group: "movingAverages",
  title: "Ichimoku base line",
  value: `${ICHIMOKU}.base`,
  buy: ichimokuInOrder(">"),
  sell: ichimokuInOrder("<"),
  because: (action) =>
    ({
      BUY: "price, conversion line, base line and a rising cloud stand one above the other",
      SELL: "price, conversion line, base line and a falling cloud stand one below the other",
      HOLD: "price, lines and cloud are not in order",
    })[action],
}

/** Fifteen averages, each against the price. */
export const averageVotes: VoteRule[] = [
  ...LENGTHS.map((length) => priceAgainst(`sma${length}`, `Average of ${length}`, `sma(close, ${length})`)),
  ...LENGTHS.map((length) => priceAgainst(`ema${length}`, `EMA of ${length}`, `ema(close, ${length})`)),
  priceAgainst("hull9", "Hull average of 9", "hma(close, 9)"),
  priceAgainst("vwma20", "Volume-weighted average of 20", "vwma(close, 20)"),
  ichimoku,
]

function priceAgainst(name: string, title: string, value: string): VoteRule {
  const places = { BUY: "the price is above it", SELL: "the price is below it", HOLD: "the price is on it" }
  return {
    name,
    group: "movingAverages",
    title,
    value,
    buy: `close > ${value}`,
    sell: `close < ${value}`,
    because: (action) => places[action],
  }
}

/** Price, conversion line, base line, first and second edge of the cloud, each beyond the next. */
function ichimokuInOrder(side: ">" | "<"): string {
  const lines = ["close", ...["conversion", "base", "spanA", "spanB"].map((line) => `${ICHIMOKU}.${line}`)]
  return lines
    .slice(1)
    .map((line, n) => `${lines[n]} ${side} ${line}`)
    .join(" and ")
}
