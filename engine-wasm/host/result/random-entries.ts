import { countBefore, type Candles } from "../candles/candles.ts"
import { SeededChance } from "../candles/synthetic/seeded-chance.ts"
import type { TradeColumns } from "./backtest-result.ts"

/** How a run's profit ranks among the same trades begun at random moments. */
export type RandomEntries = {
  tries: number
  /** 0 to 100: how many of the tries made less; ties count half. */
  betterThanPercent: number
  /** (1 + tries that made at least as much) / (1 + tries): one-sided, never 0. */
  pValue: number
  /** Quote currency: of each try, and the middle one of them. */
  profits: Float64Array
  medianProfit: number
  /**
   * 0 to 100: the length of a usual trade as a share of its market's time. Near 100 there is no other moment to move
   * it to.
   */
  tradeLengthPercent: number
}

type RandomEntriesInput = {
  trades: TradeColumns
  /** The run's markets in its order, cut to the traded part: from the period's first candle to its last. */
  markets: readonly Candles[]
  tries: number
  seed: number
}

/**
 * Moves every trade to a random moment of its market and keeps its side, its money and its length: the rest of the
 * profit is what the market gives anybody. A trade earns its money x the change between two closes, less the fees and
 * slippage it paid. Undefined without trades.
 */
export function randomEntries({ trades, markets, tries, seed }: RandomEntriesInput): RandomEntries | undefined {
  const moves = movesOf(trades, markets)
  if (moves.length === 0 || tries < 1) return undefined
  const actual = sumOf(trades.profit, trades.count)
  const chance = new SeededChance(seed)
  const profits = Float64Array.from({ length: tries }, () => moves.reduce((sum, move) => sum + moved(move, chance), 0))
  const [below, equal] = [
    countOf(profits, (profit) => profit < actual),
    countOf(profits, (profit) => profit === actual),
  ]
  return {
    tries,
    betterThanPercent: (100 * (below + equal / 2)) / tries,
    pValue: (1 + tries - below) / (1 + tries),
    profits,
    medianProfit: profits.toSorted()[tries >> 1],
    tradeLengthPercent: meanLengthPercent(moves),
  }
}

/** 0 to 100: the length of a usual trade as a share of its market's time; undefined without trades. */
export function tradeLengthPercentOf(trades: TradeColumns, markets: readonly Candles[]): number | undefined {
  const moves = movesOf(trades, markets)
  return moves.length === 0 ? undefined : meanLengthPercent(moves)
}

function meanLengthPercent(moves: readonly Move[]): number {
  return (100 * moves.reduce((sum, { close, candles }) => sum + candles / (close.length - 1), 0)) / moves.length
}

/** The part of a trade that does not depend on its moment. */
type Move = { close: Float64Array; money: number; candles: number; costs: number }

function movesOf(trades: TradeColumns, markets: readonly Candles[]): Move[] {
  return Array.from({ length: trades.count }, (_, i) => {
    const { openTimeMs, close } = markets[trades.market[i]]
    const length = countBefore(openTimeMs, trades.exitTimeMs[i]) - countBefore(openTimeMs, trades.entryTimeMs[i])
    return {
      close,
      money: trades.side[i] * trades.quantity[i] * trades.entryPrice[i],
      candles: Math.max(1, Math.min(length, close.length - 1)),
      costs: trades.feesPaid[i] + trades.slippagePaid[i],
    }
  }).filter(({ close }) => close.length > 1)
}

function moved({ close, money, candles, costs }: Move, chance: SeededChance): number {
  const entry = Math.floor(chance.uniform() * (close.length - candles))
  return money * (close[entry + candles] / close[entry] - 1) - costs
}

function sumOf(column: Float64Array, count: number): number {
  return column.subarray(0, count).reduce((sum, value) => sum + value, 0)
}

function countOf(values: Float64Array, is: (value: number) => boolean): number {
  return values.reduce((count, value) => count + Number(is(value)), 0)
}
