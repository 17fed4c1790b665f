import { Breath } from "#engine/run"
import { stepAdam } from "./adam.ts"
import { epochChance, shuffled } from "./epoch-chance.ts"
import { copiedCheckpoint, type EpochLoss, freshCheckpoint, type LstmCheckpoint } from "./lstm-checkpoint.ts"
import { LstmNetwork } from "./lstm-network.ts"
import { lstmProblem, type LstmProblem } from "./lstm-problem.ts"
import type { LstmRequest } from "./lstm-request.ts"
import type { Trainer } from "./start-training.ts"
import { batches } from "./window-batch.ts"

/** What happens around a training. */
export type TrainingHooks = {
  /** Aborted, it ends within a batch and throws the signal's reason. */
  signal: AbortSignal
  onEpoch?: (loss: EpochLoss) => void
  /** Awaited before each batch: a training is paused until it resolves. */
  untilResumed?: () => Promise<void>
  /** After each epoch: what to go on from. */
  keep?: (checkpoint: LstmCheckpoint) => void | Promise<void>
  /** Where an earlier training of the same request stood. */
  from?: LstmCheckpoint
}

/** The best weights in the order of the model file, or why there are none. */
export type LstmTraining =
  | { ok: true; weights: Float32Array; losses: EpochLoss[]; bestEpoch: number }
  | ({ ok: false } & LstmProblem)

/** Trains until the validation loss has not improved for `patience` epochs; the weights are those of the best one. */
export async function trainLstm({ tfjs }: Trainer, request: LstmRequest, hooks: TrainingHooks): Promise<LstmTraining> {
  const problem = lstmProblem(request, hooks.from)
  if (problem) return { ok: false, ...problem }
  const { columns, units, windowCandles } = request
  const network = new LstmNetwork(tfjs, { features: columns.length, units, windowCandles })
  try {
    return await epochs(network, request, hooks)
  } finally {
    network.dispose()
  }
}

async function epochs(network: LstmNetwork, request: LstmRequest, hooks: TrainingHooks): Promise<LstmTraining> {
  const state = hooks.from ? copiedCheckpoint(hooks.from) : freshCheckpoint(request)
  while (!isDone(state, request)) {
    const epoch = state.losses.length + 1
    const trainLoss = await learnOnce(network, { request, state, epoch, hooks })
    const validationLoss = await validationLossOf(network, { request, state, hooks })
    if (!Number.isFinite(trainLoss + validationLoss)) return { ok: false, ...diverged(epoch) }
    noteEpoch(state, { epoch, trainLoss, validationLoss })
    hooks.onEpoch?.({ epoch, trainLoss, validationLoss })
    await hooks.keep?.(copiedCheckpoint(state))
  }
  const { best, losses } = state
  return { ok: true, weights: best.weights, losses, bestEpoch: best.epoch }
}

function isDone({ losses, best }: LstmCheckpoint, { mostEpochs, patience }: LstmRequest) {
  return losses.length >= mostEpochs || losses.length - best.epoch >= patience
}

type Epoch = { request: LstmRequest; state: LstmCheckpoint; epoch: number; hooks: TrainingHooks }

async function learnOnce(network: LstmNetwork, { request, state, epoch, hooks }: Epoch): Promise<number> {
  const slopes = new Float32Array(state.weights.length)
  const order = shuffled(request.examples, epochChance(request.seed, epoch))
  let sum = 0
  for (const examples of batches(order, request.batchSize)) {
    await turn(hooks)
    network.set(state.weights)
    sum += network.learn({ ...request, examples }, slopes) * examples.length
    stepAdam(state.weights, slopes, state.adam, request.learningRate)
  }
  return sum / order.length
}

async function validationLossOf(network: LstmNetwork, { request, state, hooks }: Omit<Epoch, "epoch">) {
  network.set(state.weights)
  let sum = 0
  for (const examples of batches(request.validation, request.batchSize)) {
    await turn(hooks)
    sum += network.loss({ ...request, examples }) * examples.length
  }
  return sum / request.validation.length
}

/** Others have their turn, a pause lasts as long as it wants, and what is aborted ends. */
async function turn({ signal, untilResumed }: TrainingHooks) {
  await new Breath().take()
  signal.throwIfAborted()
  await untilResumed?.()
  signal.throwIfAborted()
}

function noteEpoch(state: LstmCheckpoint, loss: EpochLoss) {
  state.losses.push(loss)
  if (loss.validationLoss < state.best.validationLoss)
    state.best = { weights: state.weights.slice(), epoch: loss.epoch, validationLoss: loss.validationLoss }
}

function diverged(epoch: number): LstmProblem {
  const inWords = `Training lost its way in epoch ${epoch}: the loss is no number any more. Try a smaller learning rate.`
  return { because: "diverged", epoch, inWords }
}
