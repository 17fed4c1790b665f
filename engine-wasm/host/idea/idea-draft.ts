import type { Timeframe } from "../candles/timeframe.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import type { Chunk } from "./reading/chunk.ts"
import type { Condition } from "./reading/condition.ts"
import type { BareValue } from "./reading/spoken-values.ts"
import type { Operand } from "./reading/operand.ts"
import type { IdeaPart, QuestionTopic } from "./reply.ts"

export type SideName = "long" | "short"
/** What a condition decides. `filter`: it must hold for every entry; `avoid`: it must not. */
export type Deed = "enter" | "exit" | "filter" | "avoid"

/** A condition of the strategy, and how it is joined to the one before; those of one `bracket` are one. `isBeside`: not in the place of another ("also sell when …"). */
export type DraftRule = {
  deed: Deed
  side?: SideName
  join: "and" | "or"
  condition: Condition
  bracket?: number
  isBeside?: boolean
  isAlone?: boolean
  /** A filter of a purchase that was said with it: "only buy if …", "go short only if …". */
  entersAs?: SideName
}

/** Something that stands in the rules and was not said, or not so. `value` is the same in every language. */
export type Assumption = { about: string; value: string; condition?: Condition }

/** Words and what they became; a condition is written out when the timeframe is known. */
export type DraftMeaning = { from: number; to: number; part: IdeaPart; meaning: string | Condition }

type Protect = NonNullable<WrittenStrategy["protect"]>
/** A stop or target at a value of the chart. */
export type PriceLevel = { operand: Operand } | { awayQuote: number }
export type DraftTarget = {
  percent?: number
  reward?: number
  atr?: { multiple: number; length: number }
  level?: Operand
  /** So much money away from the entry. */
  awayQuote?: number
  share?: number
  isOfRest?: boolean
  /** Whether it was said without its unit. */
  isPlain?: boolean
}

/** What was understood so far of an idea. */
export class IdeaDraft {
  markets: string[] = []
  timeframe?: Timeframe
  readonly rules: DraftRule[] = []
  stop?: Protect["stopLoss"] | PriceLevel
  /** A stop that was said without its unit: a percentage, or a price. */
  plainStop?: { value: number; isAt: boolean }
  readonly targets: DraftTarget[] = []
  trailing?: { percent?: number; armAtPercent?: number }
  breakEven?: { atPercent?: number; atReward?: number; plusPercent?: number }
  roi: { afterMinutes: number; percent: number }[] = []
  timeStop?: { candles: number } | { minutes: number }
  size?: WrittenStrategy["size"]
  mostOfAccountPercent?: number
  balanceQuote?: number
  /** Whether the person said what the account holds. */
  saidBalance = false
  limits: NonNullable<WrittenStrategy["limits"]> = {}
  dailyLossQuote?: number
  riskQuote?: number
  /** What a trade is to win, in money. */
  targetQuote?: number
  tradesPerDay?: number
  /** The days in which so many trades are allowed: seven, where a week was said. */
  tradeDays = 1
  cooldown?: { candles: number } | { minutes: number }
  order?: { offsetPercent?: number; expire?: { candles: number } | { minutes: number } }
  add?: { maxTimes?: number; everyDropPercent?: number; sizeMultiple?: number }
  wantsShort = false
  noShort = false
  bothSides = false
  /** The hours in which no position is to be open. */
  isFlatAtNight = false
  /** The hour before which everything is left. */
  dayEndsAt?: number
  /** "Never take profit." */
  hasNoTarget = false
  /** "Never sell": no way out is added, nor a stop that was not said. */
  isHeld = false
  /** "And sell the opposite." */
  exitsOpposite = false
  readonly assumptions: Assumption[] = []
  readonly notPossible: string[] = []
  readonly understood: DraftMeaning[] = []
  /** Indicators that were named without a word on how to trade them. */
  bare: readonly BareValue[] = []
  question?: { topic: QuestionTopic; choices?: string[] }

  /** Takes chunks as understood. */
  understand(chunks: readonly Chunk[], part: IdeaPart, meaning: string | Condition) {
    for (const chunk of chunks) chunk.isUsed = true
    const from = Math.min(...chunks.map((each) => each.from))
    const to = Math.max(...chunks.map((each) => each.to))
    this.understood.push({ from, to, part, meaning })
  }

  /** `condition`: what stands in the rules, written out when the timeframe is known. */
  assume(about: string, value: string | number, condition?: Condition) {
    const isKnown = this.assumptions.some(
      (each) => each.about === about && each.value === String(value) && each.condition === condition,
    )
    if (!isKnown) this.assumptions.push({ about, value: String(value), ...(condition && { condition }) })
  }

  /** Asks; the first question stays, for there is one only. */
  ask(topic: QuestionTopic, choices?: string[]) {
    this.question ??= { topic, ...(choices && { choices }) }
  }
}
