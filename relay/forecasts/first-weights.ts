import { SeededChance } from "#engine/candles"
import { GATES, lstmParts, type LstmShape, lstmWeightCount } from "./lstm-shape.ts"

/**
 * Weights before the first example: evenly spread by Glorot's rule (https://proceedings.mlr.press/v9/glorot10a.html),
 * and a forget gate that begins open, so that what is early in a window is not lost at once.
 */
export function firstWeights(shape: LstmShape, chance: SeededChance): Float32Array {
  const weights = new Float32Array(lstmWeightCount(shape))
  const [kernel, recurrent, bias, dense] = lstmParts(weights, shape)
  const { features, units } = shape
  spread(kernel, { inputs: features, outputs: units }, chance)
  spread(recurrent, { inputs: units, outputs: units }, chance)
  spread(dense, { inputs: units, outputs: 1 }, chance)
  bias.subarray(units, (2 * bias.length) / GATES).fill(1)
  return weights
}

function spread(part: Float32Array, { inputs, outputs }: { inputs: number; outputs: number }, chance: SeededChance) {
  const limit = Math.sqrt(6 / (inputs + outputs))
  for (let at = 0; at < part.length; at++) part[at] = (2 * chance.uniform() - 1) * limit
}
