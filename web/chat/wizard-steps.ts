/** What the four questions ask, in their order. */
export type WizardStep = "what" | "when" | "protect" | "howMuch"

export type WizardChoice = {
  label: string
  about: string
  /** What the person says by choosing it. */
  says: string
}

export type WizardQuestion = { step: WizardStep; title: string; about: string; choices: readonly WizardChoice[] }

const markets = ["BTC/USDT", "ETH/USDT", "SOL/USDT"]
const names: Record<string, string> = { "BTC/USDT": "Bitcoin", "ETH/USDT": "Ethereum", "SOL/USDT": "Solana" }

/** The four questions. `own`: the markets this browser has candles of, which come first. */
export function wizardQuestions(own: readonly string[] = []): readonly WizardQuestion[] {
  return [
    {
      step: "what",
      title: "What should it buy?",
      about: "One market to begin with. More can be added later.",
      choices: [...new Set([...own, ...markets])].slice(0, MOST_MARKETS).map((market) => ({
        label: names[market] ?? market,
        about: own.includes(market) ? `${market}, whose candles you have` : market,
        says: market,
      })),
    },
    {
      step: "when",
      title: "When should it buy?",
      about: "Each of these is a rule you can read and change.",
      choices: whenToBuy,
    },
    {
      step: "protect",
      title: "How should it protect you?",
      about: "Every trade has a stop: it sells when the price falls that far.",
      choices: protection,
    },
    {
      step: "howMuch",
      title: "How much may it use?",
      about: "Small amounts first. This is a test; no money moves.",
      choices: amounts,
    },
  ]
}

const MOST_MARKETS = 6

const whenToBuy: readonly WizardChoice[] = [
  {
    label: "In a dip",
    about: "After a fall that looks overdone, while the long trend is still up.",
    says: "on the 1h chart when RSI(14) crosses below 30 and the close is above the 200 EMA, and sell when RSI(14) is above 60",
  },
  {
    label: "On a breakout",
    about: "When the price rises above everything of the last 20 days.",
    says: "on the daily chart when the close is above the highest high of the previous 20 days, and sell when the close is below the lowest low of the previous 10 days",
  },
  {
    label: "When a trend begins",
    about: "When the short average rises above the long one; out when it falls back.",
    says: "on the 4h chart when the 20 EMA crosses above the 50 EMA, and sell when the 20 EMA crosses below the 50 EMA",
  },
  {
    label: "Out of a quiet stretch",
    about: "When the price leaves its usual band upward.",
    says: "on the 1h chart when the close crosses above the upper Bollinger band, and sell when the close is below the middle Bollinger band",
  },
]

const protection: readonly WizardChoice[] = [
  { label: "Tight: 2 %", about: "Small losses, and more of them.", says: "Stop loss 2 %." },
  { label: "Usual: 3 %, and take 6 %", about: "It risks one to win two.", says: "Stop loss 3 %, take profit 6 %." },
  { label: "Wide: 5 %", about: "Fewer losses, and larger ones.", says: "Stop loss 5 %." },
  {
    label: "Follow the price: 4 %",
    about: "The stop rises with the price and never goes back.",
    says: "Stop loss 4 %, trailing stop 4 %.",
  },
]

const amounts: readonly WizardChoice[] = [
  {
    label: "Risk 1 % a trade",
    about: "A stopped trade costs about a hundredth of the account.",
    says: "Risk 1 % per trade.",
  },
  {
    label: "Risk 1 %, at most $5 a day",
    about: "After losing $5 in a day it opens nothing more that day.",
    says: "Risk 1 % per trade and never lose more than 5 dollars a day.",
  },
  { label: "$20 a trade", about: "Each purchase costs the same.", says: "Use 20 dollars per trade." },
  {
    label: "Half the account",
    about: "Bold: each trade takes half of what there is.",
    says: "Use 50 % of the account per trade.",
  },
]

/** What a person who chose these says: one sentence, read like any other. */
export function wizardSentence(chosen: Record<WizardStep, WizardChoice>): string {
  const { what, when, protect, howMuch } = chosen
  return `Buy ${what.says} ${when.says}. ${protect.says} ${howMuch.says}`
}
