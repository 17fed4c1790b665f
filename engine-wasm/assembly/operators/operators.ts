// Every operator by its number: how many bytes of state it needs, how it starts, how it runs over a block.
import { averagesBytes, averagesRun, averagesStart } from "./averages"
import { crossingBytes, crossingRun, crossingStart } from "./crossing"
import { cycleBytes, cycleRun, cycleStart } from "./cycle"
import { momentumBytes, momentumRun, momentumStart } from "./momentum"
import { patternsBytes, patternsRun, patternsStart } from "./patterns"
import { priceBytes, priceRun, priceStart } from "./price"
import { statisticsBytes, statisticsRun, statisticsStart } from "./statistics"
import { trendBytes, trendRun, trendStart } from "./trend"
import { volatilityBytes, volatilityRun, volatilityStart } from "./volatility"
import { volumeBytes, volumeRun, volumeStart } from "./volume"

/** Bytes of state the operator needs for these numbers (a multiple of 8). */
export function operatorBytes(op: i32, numbers: usize): i32 {
  if (op < 100) return crossingBytes(op, numbers)
  if (op < 150) return averagesBytes(op, numbers)
  if (op < 200) return momentumBytes(op, numbers)
  if (op < 250) return trendBytes(op, numbers)
  if (op < 300) return volatilityBytes(op, numbers)
  if (op < 350) return volumeBytes(op, numbers)
  if (op < 400) return statisticsBytes(op, numbers)
  if (op < 450) return cycleBytes(op, numbers)
  if (op < 500) return priceBytes(op, numbers)
  return patternsBytes(op, numbers)
}

/** Prepares zeroed state for the first candle. */
export function operatorStart(op: i32, state: usize, numbers: usize): void {
  if (op < 100) crossingStart(op, state, numbers)
  else if (op < 150) averagesStart(op, state, numbers)
  else if (op < 200) momentumStart(op, state, numbers)
  else if (op < 250) trendStart(op, state, numbers)
  else if (op < 300) volatilityStart(op, state, numbers)
  else if (op < 350) volumeStart(op, state, numbers)
  else if (op < 400) statisticsStart(op, state, numbers)
  else if (op < 450) cycleStart(op, state, numbers)
  else if (op < 500) priceStart(op, state, numbers)
  else patternsStart(op, state, numbers)
}

/** Runs the operator over the next `count` candles: reads the source columns, writes its output columns. */
export function operatorRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  if (op < 100) crossingRun(op, count, destination, sources, state)
  else if (op < 150) averagesRun(op, count, destination, sources, state)
  else if (op < 200) momentumRun(op, count, destination, sources, state)
  else if (op < 250) trendRun(op, count, destination, sources, state)
  else if (op < 300) volatilityRun(op, count, destination, sources, state)
  else if (op < 350) volumeRun(op, count, destination, sources, state)
  else if (op < 400) statisticsRun(op, count, destination, sources, state)
  else if (op < 450) cycleRun(op, count, destination, sources, state)
  else if (op < 500) priceRun(op, count, destination, sources, state)
  else patternsRun(op, count, destination, sources, state)
}
