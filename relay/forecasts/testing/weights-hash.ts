import { sha256Hex } from "#engine/candles"
import { type Trainer } from "../start-training.ts"
import { trainLstm } from "../train-lstm.ts"
import { plantedRule } from "./planted-rule.ts"

/** Recorded in Node 20; whoever changes how weights are learnt records it anew. */
export const LEARNT_WEIGHTS = "fdce51cc68d45c5ae1df6d61a945a5820d65e9b914a00be20567cad1d9d1682a"

/** The hash of what is learnt of the planted rule; it is the same wherever the same numbers are. */
export async function weightsHash(trainer: Trainer): Promise<string> {
  const { signal } = new AbortController()
  const training = await trainLstm(trainer, { ...plantedRule().request, mostEpochs: 2 }, { signal })
  if (!training.ok) throw new Error(training.inWords)
  return sha256Hex(training.weights as Float32Array<ArrayBuffer>)
}
