/** The most that one training may ask for: beyond it a browser's tab runs out of memory or of patience. */
export const lstmCaps = {
  units: 64,
  windowCandles: 128,
  features: 32,
  mostEpochs: 200,
  batchSize: 512,
  examples: 100_000,
  candles: 2_000_000,
} as const

/** Settings of a first try: seconds per epoch, and as good on a planted rule as twice the units. */
export const quickLstm = {
  units: 16,
  windowCandles: 24,
  mostEpochs: 30,
  batchSize: 256,
  patience: 5,
  learningRate: 0.005,
} as const

/** Standardised features and, by that, their outliers are brought within this many deviations. */
export const MOST_DEVIATIONS = 10
