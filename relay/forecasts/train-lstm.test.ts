import { beforeAll, describe, expect, test } from "vitest"
import { type LstmCheckpoint, lstmCaps, type LstmRequest, predictLstm, startTraining, trainLstm } from "#forecasts"
import type { Trainer, TrainingHooks } from "#forecasts"
import { plantedRule } from "./testing/planted-rule.ts"
import { LEARNT_WEIGHTS, weightsHash } from "./testing/weights-hash.ts"

const { request, unseen } = plantedRule()
const listenersBefore = errorListeners()
let trainer: Trainer

beforeAll(async () => {
  trainer = await startTraining()
})

async function trained(changes: Partial<LstmRequest> = {}, hooks: Partial<TrainingHooks> = {}) {
  const signal = new AbortController().signal
  const training = await trainLstm(trainer, { ...request, ...changes }, { signal, ...hooks })
  if (!training.ok) throw new Error(training.inWords)
  return training
}

async function refusal(changes: Partial<LstmRequest>, from?: LstmCheckpoint) {
  return trainLstm(trainer, { ...request, ...changes }, { signal: new AbortController().signal, from })
}

describe("what is learnt", () => {
  test("a rule hidden in noise is found: far more than 60 of 100 unseen windows are right", async () => {
    const { weights } = await trained()
    const said = predictLstm(trainer, weights, { ...request, examples: unseen })
    const right = unseen.filter((candle, at) => said[at] > 0 === (request.labels[candle] === 1))
    expect(right.length / unseen.length).toBeGreaterThan(0.75)
  })

  test("an amount is learnt as well as a side", async () => {
    const labels = request.columns[0].map((value) => value / 2)
    const { losses } = await trained({ labels, loss: "squared" })
    expect(losses.at(-1)!.validationLoss).toBeLessThan(losses[0].validationLoss / 2)
  })

  test("the weights are those of the epoch with the lowest validation loss, and training ends soon after it", async () => {
    const noise = plantedRule(99).request.labels
    const kept: LstmCheckpoint[] = []
    const { losses, bestEpoch, weights } = await trained(
      { labels: noise, mostEpochs: 30, patience: 2, learningRate: 0.05 },
      { keep: (checkpoint) => void kept.push(checkpoint) },
    )
    const lowest = losses.toSorted((one, other) => one.validationLoss - other.validationLoss)[0]
    expect(bestEpoch).toBe(lowest.epoch)
    expect(losses).toHaveLength(bestEpoch + 2)
    expect(weights).toEqual(kept[bestEpoch - 1].weights)
  })
})

describe("the same again", () => {
  test("the same seed gives the same weights to the bit, another seed others", async () => {
    const [once, again, other] = [await trained(), await trained(), await trained({ seed: 8 })]
    expect(again).toEqual(once)
    expect(other.weights).not.toEqual(once.weights)
  })

  test("the weights are the recorded ones, which Chromium learns too", async () => {
    expect(await weightsHash(trainer)).toBe(LEARNT_WEIGHTS)
  })

  test("two trainings at once do not disturb each other", async () => {
    const alone = await trained()
    const [first, second] = await Promise.all([trained(), trained({ seed: 8 })])
    expect(first.weights).toEqual(alone.weights)
    expect(second.weights).not.toEqual(alone.weights)
  })

  test("a training resumed from what was kept of it ends with the weights of one that never stopped", async () => {
    const whole = await trained()
    for (const stoppedAfter of [1, 3]) {
      const stop = new AbortController()
      let kept: LstmCheckpoint | undefined
      const keep = (checkpoint: LstmCheckpoint) => {
        kept = structuredClone(checkpoint)
        if (checkpoint.losses.length === stoppedAfter) stop.abort(new Error("the tab was closed"))
      }
      await expect(trained({}, { signal: stop.signal, keep })).rejects.toThrow("the tab was closed")
      expect(kept!.losses).toHaveLength(stoppedAfter)
      expect(await trained({}, { from: kept })).toEqual(whole)
    }
  })

  test("resuming a training that had ended gives its weights at once", async () => {
    let kept: LstmCheckpoint | undefined
    const whole = await trained({}, { keep: (checkpoint) => void (kept = checkpoint) })
    expect(await trained({}, { from: kept, onEpoch: () => expect.unreachable() })).toEqual(whole)
  })
})

describe("stopping and pausing", () => {
  test("an abort from outside ends it within the batch", async () => {
    const stop = new AbortController()
    let batches = 0
    const untilResumed = async () => {
      batches++
      if (batches === 3) setTimeout(() => stop.abort(new Error("enough")))
      if (batches > 3) await new Promise((resolve) => setTimeout(resolve))
    }
    await expect(trained({}, { signal: stop.signal, untilResumed })).rejects.toThrow("enough")
    expect(batches).toBeLessThanOrEqual(4)
  })

  test("a pause holds it between two batches, and changes nothing of the weights", async () => {
    let resume = () => {}
    const paused = new Promise<void>((resolve) => (resume = resolve))
    let batches = 0
    let epochs = 0
    const untilResumed = async () => {
      if (++batches === 2) await paused
    }
    const training = trained({}, { untilResumed, onEpoch: () => epochs++ })
    await expect.poll(() => batches).toBe(2)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve))
    expect([batches, epochs]).toEqual([2, 0])
    resume()
    expect((await training).weights).toEqual((await trained()).weights)
  })

  test("no tensor is left behind: as many after one epoch as after four, and none when it has ended", async () => {
    const before = trainer.tfjs.memory().numTensors
    const counts: number[] = []
    await trained({}, { onEpoch: () => void counts.push(trainer.tfjs.memory().numTensors) })
    expect(new Set(counts).size).toBe(1)
    expect(trainer.tfjs.memory().numTensors).toBe(before)
    await expect(trained({}, { signal: AbortSignal.abort(new Error("at once")) })).rejects.toThrow("at once")
    predictLstm(trainer, (await trained({ mostEpochs: 1 })).weights, request)
    expect(trainer.tfjs.memory().numTensors).toBe(before)
  })
})

describe("what is refused, with its place", () => {
  const spoilt = (values: Float32Array, at: number, value = NaN) => values.with(at, value)

  test("a feature that is not a number inside a window, but not one that no window needs", async () => {
    const columns = [request.columns[0], spoilt(request.columns[1], 500)]
    expect(await refusal({ columns })).toMatchObject({ because: "missing-value", column: 1, candle: 500 })
    const before = request.examples.filter((candle) => candle < 500)
    expect(await refusal({ columns, examples: before, mostEpochs: 1 })).toMatchObject({ ok: true })
  })

  test("a label that is missing, or neither 0 nor 1 where a side is learnt", async () => {
    expect(await refusal({ labels: spoilt(request.labels, 950) })).toMatchObject({ because: "bad-label", candle: 950 })
    const half = { labels: spoilt(request.labels, 20, 0.5) }
    expect(await refusal(half)).toMatchObject({ because: "bad-label", candle: 20 })
    expect(await refusal({ ...half, loss: "squared", mostEpochs: 1 })).toMatchObject({ ok: true })
  })

  test("an example without a whole window", async () => {
    const examples = Int32Array.of(40, 6)
    expect(await refusal({ examples })).toMatchObject({ because: "no-window", at: 1, candle: 6 })
    expect(await refusal({ examples: Int32Array.of(1600) })).toMatchObject({ because: "no-window", candle: 1600 })
  })

  test("more than a browser can hold, by name", async () => {
    for (const what of ["units", "windowCandles", "mostEpochs", "batchSize"] as const)
      expect(await refusal({ [what]: lstmCaps[what] + 1 })).toMatchObject({ because: "too-many", what })
    const examples = new Int32Array(lstmCaps.examples).fill(20)
    expect(await refusal({ examples })).toMatchObject({ because: "too-many", what: "examples" })
  })

  test("numbers that mean nothing", async () => {
    for (const changes of [{ units: 0 }, { batchSize: 1.5 }, { learningRate: NaN }, { seed: -1 }, { patience: 0 }])
      expect(await refusal(changes)).toMatchObject({ because: "not-positive", what: Object.keys(changes)[0] })
    expect(await refusal({ validation: new Int32Array() })).toMatchObject({ what: "validation" })
    expect(await refusal({ columns: [request.columns[0].slice(1)] })).toMatchObject({ because: "unequal-columns" })
  })

  test("what was kept of a network of another size", async () => {
    let kept: LstmCheckpoint | undefined
    await trained({ units: 3, mostEpochs: 1 }, { keep: (checkpoint) => void (kept = checkpoint) })
    expect(await refusal({}, kept)).toMatchObject({ because: "other-checkpoint" })
  })

  test("a learning rate that throws the weights into the infinite", async () => {
    const labels = request.labels.map((value) => value * 1e38)
    expect(await refusal({ labels, loss: "squared", learningRate: 1 })).toMatchObject({ because: "diverged" })
  })
})

test("tfjs leaves no listener that would rethrow the errors of the whole program", () => {
  expect(errorListeners()).toEqual(listenersBefore)
})

function errorListeners() {
  return [process.listeners("uncaughtException"), process.listeners("unhandledRejection")]
}
