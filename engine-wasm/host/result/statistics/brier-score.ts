/**
 * The mean squared miss of probabilities, 0 to 1, of what then happened (1) or did not (0): 0 is perfect, 0.25 is a
 * coin; NaN for none. G. W. Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950).
 */
export function brierScore(probability: Float64Array, happened: Float64Array): number {
  let sum = 0
  for (let i = 0; i < probability.length; i++) sum += (probability[i] - happened[i]) ** 2
  return sum / probability.length
}
