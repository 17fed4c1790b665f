import { LstmNetwork } from "./lstm-network.ts"
import type { LstmRequest } from "./lstm-request.ts"
import type { Trainer } from "./start-training.ts"

/** What a trained network says at the end of each window, one number each, by tfjs itself: the engine must say the same. */
export function predictLstm(
  { tfjs }: Trainer,
  weights: Float32Array,
  { examples, ...windows }: Pick<LstmRequest, "columns" | "windowCandles" | "units" | "examples">,
): Float32Array {
  const { columns, units, windowCandles } = windows
  const network = new LstmNetwork(tfjs, { features: columns.length, units, windowCandles })
  try {
    network.set(weights)
    return network.predict(windows, examples)
  } finally {
    network.dispose()
  }
}
