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

/**
 * Settings of a first try. On a planted rule that nobody can know more often than 67 of 100 times they are right 65
 * times, after four epochs; half the learning rate needs seven for the same, and smaller batches find no more.
 */
export const quickLstm = {
  units: 16,
  windowCandles: 24,
  mostEpochs: 20,
  batchSize: 256,
  patience: 4,
  learningRate: 0.01,
} as const
