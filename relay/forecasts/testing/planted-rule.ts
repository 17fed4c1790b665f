import { SeededChance } from "#engine/candles"
import type { LstmRequest } from "../lstm-request.ts"

const CANDLES = 1_600
const LEARNT_UNTIL = 900
const VALIDATED_UNTIL = 1_200
/** Beside the rule itself: with this much noise nobody can be right more often than in 86 of 100 cases. */
const NOISE = 0.5

/** Windows whose label is the sign of their last return, now and then turned by noise; `unseen` ones come after all others. */
export function plantedRule(seed = 1): { request: LstmRequest; unseen: Int32Array } {
  const chance = new SeededChance(seed)
  const returns = Float32Array.from({ length: CANDLES }, () => chance.bell())
  const volumes = Float32Array.from({ length: CANDLES }, () => chance.bell())
  const labels = returns.map((value) => (value + NOISE * chance.bell() > 0 ? 1 : 0))
  const request: LstmRequest = {
    columns: [returns, volumes],
    windowCandles: 8,
    examples: candles(8, LEARNT_UNTIL),
    validation: candles(LEARNT_UNTIL, VALIDATED_UNTIL),
    labels,
    loss: "crossEntropy",
    units: 6,
    seed: 7,
    mostEpochs: 4,
    batchSize: 64,
    patience: 3,
    learningRate: 0.02,
  }
  return { request, unseen: candles(VALIDATED_UNTIL, CANDLES) }
}

function candles(from: number, until: number) {
  return Int32Array.from({ length: until - from }, (_, at) => from + at)
}
