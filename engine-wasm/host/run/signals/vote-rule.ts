import type { MarketAction } from "../market-reading.ts"

export const voteGroups = ["movingAverages", "oscillators"] as const
export type VoteGroup = (typeof voteGroups)[number]

/** One vote of the gauge: when it says BUY and when SELL, as formulas of our language; HOLD where neither holds. */
export type VoteRule = {
  /** Stays the same for ever: records are kept under it. */
  name: string
  group: VoteGroup
  title: string
  /** What is shown beside the vote. */
  value: string
  buy: string
  sell: string
  /** Why it says what it says, in a few words. */
  because: (action: MarketAction, value: number) => string
}
