/** What is learnt from what: every number of a candle's window leads to one number, its label. */
export type LstmRequest = {
  /** Standardised features, one column each, one value per candle. */
  columns: Float32Array[]
  windowCandles: number
  /** Index of the last candle of each window that is learnt from. */
  examples: Int32Array
  /** The same of windows that only say when to stop. */
  validation: Int32Array
  /** One per candle: 0 or 1 for `crossEntropy`, a standardised number for `squared`. */
  labels: Float32Array
  loss: "crossEntropy" | "squared"
  units: number
  /** A whole number from 0 to 2^32 - 1; the same seed gives the same weights. */
  seed: number
  mostEpochs: number
  batchSize: number
  /** Ends after this many epochs without a better validation loss. */
  patience: number
  learningRate: number
}
