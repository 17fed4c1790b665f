import { formatCount, formatMoney, formatNumber, formatPercent } from "../candles/number-format.ts"
import { FEW_TRADES, unknownLight, type Light, type LightLevel } from "./lights.ts"

/** How a run ranks among runs that enter by chance. */
export type EntryRank = {
  /**
   * "engine": as many entries by chance, with the strategy's own exits, run by the engine. "moved": the run's trades
   * begun at random moments with their length kept.
   */
  method: "engine" | "moved"
  tries: number
  /** 0 to 100: how many of the tries made less; ties count half. */
  betterThanPercent: number
  /** 0 to 100: the length of a usual trade as a share of its market's time. */
  tradeLengthPercent: number
}

/** Trades that take more of the time than this have no other moment to move to. */
const HELD_NEARLY_ALWAYS_PERCENT = 50

const compared: Record<EntryRank["method"], string> = {
  engine: "Entries at random moments, as many and with the same exits,",
  moved: "The same trades begun at random moments",
}

export function luckLight(rank: EntryRank | undefined, tradeCount: number): Light {
  const light = (level: LightLevel, because: string): Light => ({ id: "luck", level, because })
  if (tradeCount === 0) return unknownLight("luck", "there is no choice of moments to judge")
  if (!rank || tradeCount < FEW_TRADES) return light("doubtful", "Too few trades to tell skill from luck.")
  if (rank.tradeLengthPercent > HELD_NEARLY_ALWAYS_PERCENT)
    return light(
      "doubtful",
      "A usual trade lasts most of the period: there is no other moment to compare its entry with.",
    )
  const finding = `${compared[rank.method]} did worse in ${formatPercent(rank.betterThanPercent, 0)} of ${formatNumber(rank.tries)} tries`
  if (rank.betterThanPercent >= 95)
    return light("good", `${finding}: so good a choice of moments is rarely luck alone.`)
  if (rank.betterThanPercent >= 80) return light("doubtful", `${finding}: better than most, but luck can do that.`)
  return light("bad", `${finding}: its choice of moments adds little or nothing to what the market gives anybody.`)
}

/** How deep many other runs of a strategy fell. */
export type RuinRisk = {
  /** What the other runs are made of: the trades in another order, or other pasts of the market. */
  by: "trades" | "markets"
  runs: number
  tradeCount: number
  /** The fall that one run in twenty exceeds, in percent. */
  worstFallPercent: number
  /** 0 to 100: how many fell to `ruinCash`, quote currency, or below. */
  ruinPercent: number
  ruinCash: number
  currency: string | undefined
}

/** Falls that many people do not sit through, and that hardly anybody does. */
const DEEP_FALL_PERCENT = 30
const RUINOUS_FALL_PERCENT = 50
/** One run in a hundred, and one in twenty. */
const SOME_RUIN_PERCENT = 1
const MUCH_RUIN_PERCENT = 5

const otherRuns: Record<RuinRisk["by"], (runs: number) => string> = {
  trades: (runs) => `${formatNumber(runs)} other orders of its trades`,
  markets: (runs) => `${formatNumber(runs)} other pasts of its market`,
}

/** How bad it can get when luck turns. */
export function ruinLight(risk: RuinRisk): Light {
  const { by, runs, tradeCount, worstFallPercent, ruinPercent } = risk
  const light = (level: LightLevel, because: string): Light => ({ id: "ruin", level, because })
  if (tradeCount === 0) return unknownLight("ruin", "there was nothing to lose")
  if (tradeCount < FEW_TRADES)
    return light("doubtful", `${formatCount(tradeCount, "trade")} cannot show how bad a bad time gets.`)
  const fall = `In the worst 5 % of ${otherRuns[by](runs)} it fell by ${formatPercent(worstFallPercent)} or more from a high`
  const ruin = `${ruinPercent === 0 ? "none" : formatPercent(ruinPercent)} fell to ${formatMoney(risk.ruinCash, risk.currency)}`
  if (ruinPercent >= MUCH_RUIN_PERCENT || worstFallPercent >= RUINOUS_FALL_PERCENT)
    return light("bad", `${fall}; ${ruin}. Risk less on each trade.`)
  if (ruinPercent >= SOME_RUIN_PERCENT || worstFallPercent >= DEEP_FALL_PERCENT)
    return light("doubtful", `${fall}; ${ruin}. Could you sit through that?`)
  return light("good", `${fall}; ${ruin}.`)
}
