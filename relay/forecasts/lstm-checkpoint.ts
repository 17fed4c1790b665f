import { type AdamState, copiedAdam, freshAdam } from "./adam.ts"
import { firstWeights } from "./first-weights.ts"
import { epochChance } from "./epoch-chance.ts"
import type { LstmRequest } from "./lstm-request.ts"
import { lstmWeightCount } from "./lstm-shape.ts"

/** What an epoch came to: mean loss per example. */
export type EpochLoss = { epoch: number; trainLoss: number; validationLoss: number }

/** A training after some of its epochs, as plain data that can be stored: going on from it gives the same weights as never stopping. */
export type LstmCheckpoint = {
  weights: Float32Array
  adam: AdamState
  losses: EpochLoss[]
  best: { weights: Float32Array; epoch: number; validationLoss: number }
}

/** A training before its first epoch. */
export function freshCheckpoint({ columns, units, seed }: LstmRequest): LstmCheckpoint {
  const weights = firstWeights({ features: columns.length, units }, epochChance(seed, 0))
  const best = { weights: weights.slice(), epoch: 0, validationLoss: Infinity }
  return { weights, adam: freshAdam(weights.length), losses: [], best }
}

/** A copy that further epochs do not change; the best weights are replaced, never changed. */
export function copiedCheckpoint({ weights, adam, losses, best }: LstmCheckpoint): LstmCheckpoint {
  return { weights: weights.slice(), adam: copiedAdam(adam), losses: [...losses], best: { ...best } }
}

/** Whether it can be of this request: every array has the length of its network. */
export function fitsRequest(checkpoint: LstmCheckpoint, { columns, units }: LstmRequest): boolean {
  const { weights, adam, best } = checkpoint
  const count = lstmWeightCount({ features: columns.length, units })
  return [weights, adam.means, adam.squares, best.weights].every(({ length }) => length === count)
}
