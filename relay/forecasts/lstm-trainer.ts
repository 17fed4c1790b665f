import type { SequenceTrainer } from "#engine/run"
import { quickLstm } from "./lstm-caps.ts"
import type { LstmCheckpoint } from "./lstm-checkpoint.ts"
import type { Trainer } from "./start-training.ts"
import { trainLstm } from "./train-lstm.ts"

/** Where the training of one part of history stood. */
export type KeptSequence = { part: number; checkpoint: LstmCheckpoint }

type TrainerHooks = {
  /** Awaited between batches: a pause lasts until it resolves. */
  untilResumed?: () => Promise<void>
  /** After each epoch. */
  keep?: (kept: KeptSequence) => void | Promise<void>
  /** From an earlier training of the same request. */
  from?: KeptSequence
}

const SEEDS = 2 ** 32
/** Far apart, so that no part begins with the weights of another one's seed. */
const SEED_STEP = 2_654_435_761

/** Trains the parts of an lstm for `trainForecast` of #engine/run, by tfjs. */
export function lstmTrainer(trainer: Trainer, { untilResumed, keep, from }: TrainerHooks = {}): SequenceTrainer {
  return async ({ part, seed, ...task }, { onEpoch, signal }) => {
    const request = { ...quickLstm, ...task, seed: (seed + part * SEED_STEP) % SEEDS }
    const answer = await trainLstm(trainer, request, {
      signal,
      onEpoch,
      untilResumed,
      keep: keep && ((checkpoint) => keep({ part, checkpoint })),
      from: from?.part === part ? from.checkpoint : undefined,
    })
    return answer.ok ? answer.weights : answer.inWords
  }
}
