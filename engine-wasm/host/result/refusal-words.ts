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
  notReady:
    "A number it needs, such as its stop, was none: an indicator still warming up, or a formula or code without a result (NaN).",
  stopBeyondEntry: "The stop would have been on the wrong side of the price.",
  notANumber: "Its code gave a number that is none (NaN or infinite), so nothing was ordered.",
}
