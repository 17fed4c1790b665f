const FIRST_DECAY = 0.9
const SECOND_DECAY = 0.999
const EPSILON = 1e-7

/** Where Adam stands: running means of each weight's slope and of its square, and how much of them is still missing. */
export type AdamState = { means: Float32Array; squares: Float32Array; meanGap: number; squareGap: number }

/** Before the first step. */
export function freshAdam(weights: number): AdamState {
  return { means: new Float32Array(weights), squares: new Float32Array(weights), meanGap: 1, squareGap: 1 }
}

/**
 * One step of Adam (D. Kingma, J. Ba, https://arxiv.org/abs/1412.6980) on the weights in place. It is ours because
 * tfjs's, when it goes on from a saved state, takes powers anew and rounds them differently.
 */
export function stepAdam(weights: Float32Array, slopes: Float32Array, state: AdamState, learningRate: number): void {
  const { means, squares } = state
  state.meanGap *= FIRST_DECAY
  state.squareGap *= SECOND_DECAY
  for (let at = 0; at < weights.length; at++) {
    const slope = slopes[at]
    means[at] = FIRST_DECAY * means[at] + (1 - FIRST_DECAY) * slope
    squares[at] = SECOND_DECAY * squares[at] + (1 - SECOND_DECAY) * slope * slope
    const deviation = Math.sqrt(squares[at] / (1 - state.squareGap))
    weights[at] -= (learningRate * (means[at] / (1 - state.meanGap))) / (deviation + EPSILON)
  }
}

/** A copy that further steps do not change. */
export function copiedAdam({ means, squares, meanGap, squareGap }: AdamState): AdamState {
  return { means: means.slice(), squares: squares.slice(), meanGap, squareGap }
}
