import type { RejectedReason } from "./backtest-result.ts"

/** Why an order was not placed, in a sentence. */
export const refusalWords: Record<RejectedReason, string> = {
  cooldown: "It was still pausing after the trade before.",
  maxOpenPositions: "As many positions as allowed were open already.",
  dailyLoss: "The loss allowed for a day had been reached.",
  maxDrawdown: "The dip allowed for the account had been reached.",
  correlation: "It moves too much like something held already.",
  cash: "There was not enough cash left.",
  minimumNotional: "The order was smaller than the exchange takes.",
  quantityStep: "The quantity was smaller than the exchange's smallest step.",
  conflictingSignals: "Buying and selling were asked for at once.",
  limitExpired: "The price never came to the limit order in time.",
  notReady: "A number it needs was not known yet, such as an indicator that is still warming up.",
  stopBeyondEntry: "The stop would have been on the wrong side of the price.",
  notANumber: "Its code gave a number that is none (NaN or infinite), so nothing was ordered.",
}
