// Statistics: which struct each operator keeps and how it is started and run.
import { Beta } from "../indicators/beta"
import { Correl } from "../indicators/correl"
import { Highest } from "../indicators/highest"
import { HighestBars } from "../indicators/highest-bars"
import { Lowest } from "../indicators/lowest"
import { LowestBars } from "../indicators/lowest-bars"
import { Median } from "../indicators/median"
import { Midpoint } from "../indicators/midpoint"
import { Midprice } from "../indicators/midprice"
import { PercentRank } from "../indicators/percent-rank"
import { Sum } from "../indicators/sum"
import { Zscore } from "../indicators/zscore"
import { number, source } from "./column"
import { Op } from "./opcode"
import { runPair, runValue } from "./run"

export function statisticsBytes(op: i32, numbers: usize): i32 {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.highest:
      return Highest.bytes(length)
    case Op.lowest:
      return Lowest.bytes(length)
    case Op.sum:
      return Sum.bytes(length)
    case Op.median:
      return Median.bytes(length)
    case Op.percentRank:
      return PercentRank.bytes(length)
    case Op.zscore:
      return Zscore.bytes(length)
    case Op.highestBars:
      return HighestBars.bytes(length)
    case Op.lowestBars:
      return LowestBars.bytes(length)
    case Op.correl:
      return Correl.bytes(length)
    case Op.beta:
      return Beta.bytes(length)
    case Op.midpoint:
      return Midpoint.bytes(length)
    case Op.midprice:
      return Midprice.bytes(length)
    default:
      return 0
  }
}

export function statisticsStart(op: i32, state: usize, numbers: usize): void {
  const length = <i32>number(numbers, 0)
  switch (op) {
    case Op.highest:
      return changetype<Highest>(state).start(length)
    case Op.lowest:
      return changetype<Lowest>(state).start(length)
    case Op.sum:
      return changetype<Sum>(state).start(length, number(numbers, 1))
    case Op.median:
      return changetype<Median>(state).start(length, number(numbers, 1))
    case Op.percentRank:
      return changetype<PercentRank>(state).start(length)
    case Op.zscore:
      return changetype<Zscore>(state).start(length)
    case Op.highestBars:
      return changetype<HighestBars>(state).start(length)
    case Op.lowestBars:
      return changetype<LowestBars>(state).start(length)
    case Op.correl:
      return changetype<Correl>(state).start(length)
    case Op.beta:
      return changetype<Beta>(state).start(length)
    case Op.midpoint:
      return changetype<Midpoint>(state).start(length, number(numbers, 1))
    case Op.midprice:
      return changetype<Midprice>(state).start(length, number(numbers, 1))
  }
}

export function statisticsRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  switch (op) {
    case Op.highest:
      return changetype<Highest>(state).run(count, destination, source(sources, 0))
    case Op.lowest:
      return changetype<Lowest>(state).run(count, destination, source(sources, 0))
    case Op.sum:
      return changetype<Sum>(state).run(count, destination, source(sources, 0))
    case Op.median:
      return runValue<Median>(count, destination, sources, state)
    case Op.percentRank:
      return runValue<PercentRank>(count, destination, sources, state)
    case Op.zscore:
      return runValue<Zscore>(count, destination, sources, state)
    case Op.highestBars:
      return runValue<HighestBars>(count, destination, sources, state)
    case Op.lowestBars:
      return runValue<LowestBars>(count, destination, sources, state)
    case Op.correl:
      return runPair<Correl>(count, destination, sources, state)
    case Op.beta:
      return runPair<Beta>(count, destination, sources, state)
    case Op.midpoint:
      return runValue<Midpoint>(count, destination, sources, state)
    case Op.midprice:
      return runPair<Midprice>(count, destination, sources, state)
  }
}
