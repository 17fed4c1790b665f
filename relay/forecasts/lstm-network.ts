import type { Sequential } from "@tensorflow/tfjs-layers"
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core"
import type { LstmRequest } from "./lstm-request.ts"
import { lstmParts, type LstmShape, lstmTensorShapes } from "./lstm-shape.ts"
import type { Trainer } from "./start-training.ts"
import { windowValues } from "./window-batch.ts"

type Windows = Pick<LstmRequest, "columns" | "windowCandles">
type Batch = Windows & Pick<LstmRequest, "labels" | "loss"> & { examples: Int32Array }

/** One LSTM layer and one number out, in tfjs. Its weights come and go as one array in the order of the model file. */
export class LstmNetwork {
  private readonly model: Sequential
  private readonly variables: Variable[]

  constructor(
    private readonly tfjs: Trainer["tfjs"],
    private readonly shape: LstmShape & { windowCandles: number },
  ) {
    this.model = layersOf(tfjs, shape)
    this.variables = this.model.trainableWeights.map((weight) => weight.read() as Variable)
  }

  set(weights: Float32Array): void {
    const sizes = lstmTensorShapes(this.shape)
    const parts = lstmParts(weights, this.shape)
    this.tfjs.tidy(() => this.variables.forEach((one, at) => one.assign(this.tfjs.tensor(parts[at], sizes[at]))))
  }

  /** The mean loss of a batch. */
  loss(batch: Batch): number {
    return this.tfjs.tidy(() => this.lossOf(batch).dataSync()[0])
  }

  /** The mean loss of a batch; its slope for each weight goes into `slopes`. */
  learn(batch: Batch, slopes: Float32Array): number {
    const parts = lstmParts(slopes, this.shape)
    return this.tfjs.tidy(() => {
      const { value, grads } = this.tfjs.variableGrads(() => this.lossOf(batch), this.variables)
      this.variables.forEach(({ name }, at) => parts[at].set(grads[name].dataSync()))
      return value.dataSync()[0]
    })
  }

  /** The network's number for each window, by tfjs's own `predict`. */
  predict(windows: Windows, examples: Int32Array): Float32Array {
    const { tfjs, model } = this
    const batchSize = Math.max(1, examples.length)
    return tfjs.tidy(() =>
      (model.predict(this.windowsTensor(windows, examples), { batchSize }) as Tensor).dataSync<"float32">().slice(),
    )
  }

  dispose(): void {
    this.model.dispose()
  }

  private lossOf({ examples, labels, loss, ...windows }: Batch): Scalar {
    const wanted = this.tfjs.tensor2d(
      Float32Array.from(examples, (candle) => labels[candle]),
      [examples.length, 1],
    )
    const found = this.model.apply(this.windowsTensor(windows, examples), { training: true }) as Tensor
    const { sigmoidCrossEntropy, meanSquaredError } = this.tfjs.losses
    return loss === "crossEntropy" ? sigmoidCrossEntropy(wanted, found) : meanSquaredError(wanted, found)
  }

  private windowsTensor(windows: Windows, examples: Int32Array) {
    const { windowCandles, columns } = windows
    return this.tfjs.tensor3d(windowValues(windows, examples), [examples.length, windowCandles, columns.length])
  }
}

function layersOf({ layers, sequential }: Trainer["tfjs"], shape: LstmNetwork["shape"]): Sequential {
  const { features, units, windowCandles } = shape
  // The weights are set before use; zeros are the quickest to make. tfjs's own gates would be a coarser curve.
  const zeros = { kernelInitializer: "zeros", biasInitializer: "zeros" } as const
  return sequential({
    layers: [
      layers.lstm({
        ...zeros,
        units,
        inputShape: [windowCandles, features],
        recurrentActivation: "sigmoid",
        recurrentInitializer: "zeros",
      }),
      layers.dense({ ...zeros, units: 1 }),
    ],
  })
}
