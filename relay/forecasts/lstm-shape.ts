/** How large a network is: so many features in, so many units. */
export type LstmShape = { features: number; units: number }

/** Four gates: input, forget, candidate, output, in tfjs's order. */
export const GATES = 4

/** The tensors of a body in the order in which its numbers are written: kernel, recurrent, bias, dense, dense bias. */
export function lstmTensorShapes({ features, units }: LstmShape): number[][] {
  return [[features, GATES * units], [units, GATES * units], [GATES * units], [units, 1], [1]]
}

/** How many numbers a body has. */
export function lstmWeightCount(shape: LstmShape): number {
  return lstmTensorShapes(shape).reduce((sum, sizes) => sum + sizeOf(sizes), 0)
}

/** Each tensor's own part of a body: views, not copies. */
export function lstmParts(weights: Float32Array, shape: LstmShape): Float32Array[] {
  let from = 0
  return lstmTensorShapes(shape).map((sizes) => weights.subarray(from, (from += sizeOf(sizes))))
}

function sizeOf(sizes: number[]) {
  return sizes.reduce((product, size) => product * size, 1)
}
