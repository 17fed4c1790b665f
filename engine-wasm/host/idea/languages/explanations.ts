/** What words of strategies mean, for a person who asks. */
export const explanations = {
  stop: "A stop loss closes the position when the price has gone a set distance against it, so that one trade can cost only so much.",
  target: "A target (take profit) closes the position, or a share of it, when it is a set percentage ahead.",
  trailing:
    "A trailing stop follows the best price at a set distance and never goes back: it lets a profit run and gives back only that distance.",
  breakEven:
    "Break-even moves the stop to the entry price once the trade is some percent ahead, so that it can hardly end in a loss.",
  dca: "Dollar-cost averaging buys in several steps instead of all at once, so that the average price is nearer to the usual one.",
  grid: "A grid buys a step at each line the price falls through in a range, and sells it again a line higher.",
  drawdown:
    "The drawdown is how far the account is below its highest point so far: what you would have had to sit through.",
  risk: "Risk per trade is the share of the account that is lost when the stop is hit; the size of the position follows from it.",
  goldenCross:
    "A golden cross is the 50-candle average rising above the 200-candle one: the short trend has turned up.",
  deathCross:
    "A death cross is the 50-candle average falling below the 200-candle one: the short trend has turned down.",
  oversold: "Oversold means that an oscillator is very low, such as an RSI below 30: the price has fallen fast.",
  overbought: "Overbought means that an oscillator is very high, such as an RSI above 70: the price has risen fast.",
  timeframe:
    "The timeframe is how much time one candle covers. A strategy on 1h decides once an hour, at the close of the candle.",
  cooldown: "A cooldown is a wait after a trade in which nothing new is opened.",
  martingale: "A martingale bets more after each loss. A few losses in a row take the whole account.",
  limitOrder:
    "A limit order waits at a price of your own and is filled only there or better; it may not be filled at all.",
  safetyOrder:
    "A safety order buys more when the price has fallen by a set percentage, which brings the average price down and the risk up.",
  reward:
    "Risk to reward compares what a trade can win at its target with what it loses at its stop: 2 means twice as much.",
  breakout: "A breakout is a close above the highest price of the last candles, or below the lowest.",
  short: "Selling short bets on a fall: it gains when the price falls and loses when it rises, without a bound.",
} as const
