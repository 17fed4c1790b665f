import { SeededChance } from "#engine/candles"
import { lstmCaps } from "./lstm-caps.ts"

/** Chance of one epoch, by seed and epoch alone, so that a resumed training draws the same; epoch 0 makes the first weights. */
export function epochChance(seed: number, epoch: number): SeededChance {
  return new SeededChance(seed * (lstmCaps.mostEpochs + 1) + epoch)
}

/** The examples in the order in which an epoch learns them. */
export function shuffled(examples: Int32Array, chance: SeededChance): Int32Array {
  const order = examples.slice()
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(chance.uniform() * (at + 1))
    const kept = order[at]
    order[at] = order[other]
    order[other] = kept
  }
  return order
}
