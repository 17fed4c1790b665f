/** What ended a bot's trade, in words. */
export const exitWords: Record<string, string> = {
  signal: "Its rules",
  stop: "The stop",
  trailing: "The trailing stop",
  takeProfit: "The target",
  roi: "The return reached",
  timeStop: "Held long enough",
  breakEven: "The break-even stop",
  byHand: "Sold by hand",
  noStop: "No stop at the exchange",
}
