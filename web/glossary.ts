/**
 * Terms of the screens, each in two sentences. A result's numbers have their own texts (metric definitions of the
 * engine).
 */
export const glossary = {
  fee: "What the exchange takes of every order, as a share of its value. Binance takes 0.1 % from most people; a strategy that trades often pays it often.",
  slippage:
    "How much worse than the price on the screen an order is filled. Large orders and quiet markets cost more of it; 0.05 % is a careful guess for a small account.",
  delay:
    "How many of the market's candles pass between a decision and its order reaching the market. 0 fills at the next candle's open, as a quick bot would.",
  unseen:
    "The test leaves out this much of the period, at its end; you can look at it once. What works there too was probably not fitted to the past.",
  portfolio:
    "Several markets tested with one account: they share its cash, and the limits on open positions hold for all of them together. The result covers the whole and each market.",
  finer:
    "Within one candle it is not known whether the stop or the target came first, so the worse is taken. Finer candles of the same market show it, and the result comes closer to what would have happened.",
  leverage:
    "How much larger than the money set aside for it a short may be. At 3× a rise of about a third costs all of that money, and the position is liquidated. A long is paid in full; with freqtrade's fills leverage moves its stop and targets closer.",
  cash: "The money the test starts with. Some strategies cannot do anything with very little, because exchanges refuse tiny orders.",
  timeframe:
    "How much time one candle of the strategy covers. A strategy on 1h decides once an hour, at the close of the candle.",
  period:
    "The first and the last day of the test. A strategy that only works in one stretch of time has probably been fitted to it.",
  holding:
    "Buying at the start and never selling. A strategy that does worse, with more dips, is not worth its trouble.",
  equity:
    "What everything would be worth at that moment: cash, and open positions at the last price. Fees are already taken off.",
  underwater:
    "How far below its highest point so far the money was. It shows how long and how deep you would have had to wait.",
  lights:
    "Seven questions put to every result, because most results that look good are luck, fees forgotten, or rules fitted to the past. A result that fails some of them is not worth real money yet.",
  months:
    "What the money gained in each month, from the end of the month before. A strategy whose whole gain lies in one or two months has not shown that it works.",
  profits:
    "How often trades of each size came, in percent of what was put in. Many small losses and a few large wins can be fine; the other way round one bad day undoes a year.",
  lengths: "How long the trades were held. Short ones pay fees often; long ones tie the money up.",
  profitByLength:
    "Each dot is a trade, by how long it was held and what it gained. Losers that are held longer than winners are a rule that waits and hopes.",
  weekdays: "What the trades that ended on each weekday made. With few trades on a day this is chance.",
  rolling:
    "The Sharpe ratio over the last 90 days, for each day: how steady the gain was at that time. A line that falls says that what worked has stopped working.",
  dips: "The deepest falls from a high point of the money to its lowest point, and how long until it was made good. This is what you would have had to sit through without giving up.",
  leftOpen:
    "Positions that no rule had closed when the candles ended. They are counted as sold at the last price, which nobody decided.",
  refused:
    "Entries the rules asked for that no order came of, with the reason. A strategy with many of them is not the one you think you test.",
  ambiguous:
    "Candles in which the price reached both the stop and the target, so that nobody knows which came first. The stop is taken; many of them make a result a guess.",
  freqtrade:
    "The same figure as freqtrade defines it, to compare with what you had there. Programs define these ratios differently, so that the same trades can have a Sharpe ratio of 0.1 or of 1.1.",
  why: "The strategy is run again up to this candle, and shows everything it knew there: each condition with its values, what blocked an order, the stop and the targets. Nothing is looked up from a log, so it is true to the last bit.",
  replay:
    "The run once more, one candle at a time, without what came after. You see what the strategy saw, and what you would have had to sit through.",
  search:
    "Many combinations of a strategy's numbers are tested one after another, and the best is kept. The more you try, the better the best one looks, even where there is nothing to find.",
  objective:
    "What makes one combination better than another. The Sharpe ratio asks for steady gains; the return alone often finds one lucky trade.",
  fewestTrades:
    "Combinations with fewer trades rank behind all others. A handful of trades says nothing, however good they were.",
  heldOut:
    "The last part of the candles, which the search never saw. The chosen values are run on it once: what they did there is the nearest thing to the future you have.",
  coinFlips:
    "The same search on markets in which a coin decides whether each candle goes up or down, so that there is nothing in them to find. If it finds as much there as on the real one, what it found on the real one is luck.",
  heatMap:
    "Each cell is a pair of values: the stronger its colour, the better. A broad strong area is a plateau, where near values work too; one strong cell among pale ones is luck.",
  plateau:
    "Values whose neighbours do well too. The future is never quite like the past, so values in the middle of a good area are safer than the very best ones.",
  walkForward:
    "The search is repeated on part after part of the history, and each time the best values are traded on the part that follows. Put together, those parts show what you would have had, had you searched again and again.",
  deflatedSharpe:
    "How probable it is that the strategy has any edge at all, given how many combinations were tried. From 95 % on it is hard to explain by trying often.",
  overfitting:
    "How often the best combination of one half of the days was worse than most others in the other half. Near 0 % the search finds what lasts; from 50 % on it finds noise.",
  pValue:
    "How often chance alone does at least as well. Below 5 % it is hard to believe in chance; above 20 % it is easy.",
  trials:
    "How many combinations were tried. Among a thousand worthless ones the best still looks very good, so every figure here takes the number into account.",
  front:
    "Combinations that no other beats in everything: whoever wants more return among them has to bear a larger dip.",
  monteCarlo:
    "The same trades in a thousand other orders, with some missed, or on markets made anew from pieces of the real one. The real history is only one of those that could have happened.",
  dearCosts:
    "The same values with twice the fees, with three times the slippage, and with both. What earns only while everything is cheap does not earn when it counts.",
  otherMarkets:
    "The same values on markets they were not chosen for. What works on one market alone was probably fitted to it.",
  startDates: "The same test begun on other days. A result that depends on the day you begin is luck.",
  randomEntry:
    "Entries by chance, as often as the strategy's and with the same exits. If they do as well, the entry rules add nothing.",
  regimes:
    "The days sorted by how the market moved: rising, falling, sideways, wild. A strategy that earns in one kind alone waits for that kind to return.",
  hashes:
    "Fingerprints of the engine, the strategy and the candles. The same three give the same result, to the last bit.",
} as const

export type GlossaryTerm = keyof typeof glossary

/** Each term as it stands in a question: "What is the fee?" */
export const glossaryNames: Record<GlossaryTerm, string> = {
  fee: "the fee",
  slippage: "slippage",
  delay: "delay",
  unseen: "the unseen part",
  portfolio: "a portfolio",
  finer: "this",
  leverage: "leverage",
  cash: "cash",
  timeframe: "the timeframe",
  period: "the period",
  holding: "holding",
  equity: "equity",
  underwater: "being under water",
  lights: "this list",
  months: "the month map",
  profits: "this picture of profits",
  lengths: "this picture of lengths",
  profitByLength: "profit by length",
  weekdays: "profit by weekday",
  rolling: "a rolling Sharpe",
  dips: "a dip",
  leftOpen: "a position left open",
  refused: "a refused entry",
  ambiguous: "an ambiguous candle",
  freqtrade: "freqtrade's figure",
  why: "this answer",
  replay: "being there again",
  search: "a search for good values",
  objective: "the goal",
  fewestTrades: "the fewest trades",
  heldOut: "the locked-away part",
  coinFlips: "a coin-flip market",
  heatMap: "this map",
  plateau: "a plateau",
  walkForward: "walking forward",
  deflatedSharpe: "the deflated Sharpe ratio",
  overfitting: "the probability of overfitting",
  pValue: "this share",
  trials: "the number of trials",
  front: "the front",
  monteCarlo: "Monte Carlo",
  dearCosts: "this test of costs",
  otherMarkets: "this test of markets",
  startDates: "another start",
  randomEntry: "a random entry",
  regimes: "a kind of market",
  hashes: "a fingerprint",
}
