import { metricDefinitions } from "#engine/result"
import { functionCatalogue, functionTitle } from "#engine/strategy"
import { glossary, glossaryNames, type GlossaryTerm } from "../../glossary.ts"

/** A term of ours with its explanation; `metric`: the number of a result it is. */
export type Term = { names: readonly string[]; text: string; metric?: string }

/** Words of traders that stand on no screen by themselves. */
const traderWords: readonly Term[] = [
  {
    names: ["stop loss", "stop", "stop-loss"],
    text: "The price at which a losing position is sold. It is set when the trade begins, so that one bad trade cannot cost much more than planned; in a sudden fall it may be filled lower.",
  },
  {
    names: ["take profit", "target", "take-profit"],
    text: "The price at which a winning position is sold. Without one a trade runs until a rule, the stop or you end it.",
  },
  {
    names: ["trailing stop", "trailing"],
    text: "A stop that follows the best price at a distance and never goes back. It lets a winner run, and gives back the distance at the end.",
  },
  {
    names: ["break even", "break-even", "breakeven"],
    text: "Once a trade is far enough ahead, its stop moves to the entry price, so that it cannot turn into a loss by price.",
  },
  {
    names: ["time stop"],
    text: "A trade that has neither won nor lost after so many candles is closed. It frees the money for the next one.",
  },
  {
    names: ["long", "going long"],
    text: "Buying first and selling later: it gains when the price rises.",
  },
  {
    names: ["short", "shorting", "going short", "short selling"],
    text: "Selling what is borrowed and buying it back later: it gains when the price falls. The loss is not limited to the stake, and interest or funding is due.",
  },
  {
    names: ["dca", "safety order", "averaging down"],
    text: "Buying the same again in steps, by time or each time the price has fallen further. The average price falls with each step, and the position grows while it loses.",
  },
  {
    names: ["grid", "grid bot"],
    text: "Many small buys below the price and sales above it. It earns while the price swings in a range, and holds a large loser when the price leaves it downward.",
  },
  {
    names: ["backtest", "backtesting"],
    text: "The rules played over past candles, as if they had traded then, with fees and slippage. It shows what would have been, not what will be.",
  },
  {
    names: ["paper trading", "paper"],
    text: "The bot runs on live prices with money that is not real. It shows whether the rules do live what the test promised.",
  },
  {
    names: ["market order"],
    text: "Buys or sells at once at the best price there is. It is always filled, and pays the spread.",
  },
  {
    names: ["limit order"],
    text: "Buys or sells at this price or better, or not at all. It pays less, and may never be filled.",
  },
  {
    names: ["spread"],
    text: "The distance between the best price to buy and the best to sell. Every market order pays half of it.",
  },
  {
    names: ["golden cross", "death cross"],
    text: "A golden cross is the 50-candle average rising above the 200-candle average; the death cross is the way back. Many people watch them, which is most of their power.",
  },
  {
    names: ["dip", "buy the dip"],
    text: "A fall that looks overdone. Rules need a number for it, such as an RSI below 30, and something that tells a dip from a crash, such as the long average.",
  },
  {
    names: ["overfitting", "curve fitting", "overfit"],
    text: "Rules tuned until they fit the past, noise included. They look wonderful in the test and fail on what comes after; the unseen part of the period shows it.",
  },
  {
    names: ["risk per trade", "risk"],
    text: "What a trade costs when its stop is hit, as a share of the account. At 1 % it takes a hundred bad trades in a row to lose most of it; at 10 % a bad week does.",
  },
  {
    names: ["daily loss limit", "daily loss"],
    text: "After losing this much in a day no new position is opened until the next day (UTC). Positions that are open keep their stops.",
  },
]

/** Other names of numbers of a result. */
const metricNames: Record<string, readonly string[]> = {
  maxDrawdownPercent: ["drawdown", "max drawdown", "maximum drawdown", "worst dip"],
  sharpe: ["sharpe"],
  sortino: ["sortino"],
  calmar: ["calmar"],
  cagrPercent: ["cagr", "yearly growth"],
  sqn: ["sqn"],
  winRatePercent: ["win rate", "winrate", "hit rate"],
  exposurePercent: ["exposure"],
  marketChangePercent: ["buy and hold", "holding", "hodl"],
  feesPaid: ["fees"],
  totalReturnPercent: ["return", "profit"],
  expectancyR: ["expectancy", "r"],
}

let known: ReadonlyMap<string, Term> | undefined

/** The term of this name, whatever its case; undefined where we have no such term. */
export function termOf(name: string): Term | undefined {
  known ??= new Map(allTerms().flatMap((term) => term.names.map((each) => [plain(each), term] as const)))
  const wanted = plain(name)
  return known.get(wanted) ?? known.get(wanted.replace(/s$/, ""))
}

/** The first of a name counts: functions come first, so that our own words take the place of theirs. */
function allTerms(): Term[] {
  return [
    ...[...functionCatalogue.values()].map(({ name, doc }) => ({ names: [name, functionTitle(name)], text: doc })),
    ...(Object.keys(glossary) as GlossaryTerm[]).map((term) => ({
      names: [term, glossaryNames[term]],
      text: glossary[term],
    })),
    ...metricDefinitions.map(({ key, label, short, definition }) => ({
      names: [key, label, ...(metricNames[key] ?? [])],
      text: `${short}\nExactly: ${definition}`,
      metric: key,
    })),
    ...traderWords,
  ]
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[-_]/g, " ")
    .replace(/^(an?|the|my|its|this) /, "")
    .replace(/ (ratio|indicator|in trading)$/, "")
    .replaceAll(/\s+/g, " ")
    .trim()
}
