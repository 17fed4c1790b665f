import { sha256Hex } from "#engine/candles"
import { type Trainer } from "../start-training.ts"
import { trainLstm } from "../train-lstm.ts"
import { plantedRule } from "./planted-rule.ts"

/** Recorded in Node 20; whoever changes how weights are learnt records it anew. */
export const LEARNT_WEIGHTS = "582f04f8ab152c83d18e48410108257c8fa0a6d85bec66bb43d5880092227edb"

/** The hash of what is learnt of the planted rule; it is the same wherever the same numbers are. */
export async function weightsHash(trainer: Trainer): Promise<string> {
  const { signal } = new AbortController()
  const training = await trainLstm(trainer, plantedRule().request, { signal })
  if (!training.ok) throw new Error(training.inWords)
  return sha256Hex(training.weights as Float32Array<ArrayBuffer>)
}
