import {
  elementType,
  floats,
  floatsAttribute,
  intAttribute,
  intsAttribute,
  longs,
  node,
  onnxFile,
  opset,
  tensor,
  textAttribute,
  value,
} from "./onnx-writer.ts"

/** 3·a − 2·b + 0.5, as a number. */
export function linearModel(): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [node({ op: "Gemm", inputs: ["x", "w", "bias"], outputs: ["y"] })],
    initialisers: [
      tensor({ name: "w", dims: [2, 1], raw: floats(3, -2) }),
      tensor({ name: "bias", dims: [1], raw: floats(0.5) }),
    ],
    inputs: [value("x", ["batch", 2])],
    outputs: [value("y", ["batch", 1])],
  })
}

/** 1 / (1 + e^−(a − 2·b)): a probability. `rows` fixes how many go in at once. */
export function sigmoidModel(rows: number | string = "batch"): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [
      node({ op: "MatMul", inputs: ["x", "w"], outputs: ["z"] }),
      node({ op: "Sigmoid", inputs: ["z"], outputs: ["y"] }),
    ],
    initialisers: [tensor({ name: "w", dims: [2, 1], raw: floats(1, -2) })],
    inputs: [value("x", [rows, 2])],
    outputs: [value("y", [rows, 1])],
  })
}

/** The mean of the first feature over the window. */
export function windowModel(window: number | string): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [
      node({
        op: "ReduceMean",
        inputs: ["x"],
        outputs: ["m"],
        attributes: [intsAttribute("axes", [1]), intAttribute("keepdims", 0)],
      }),
      node({ op: "Gather", inputs: ["m", "first"], outputs: ["y"], attributes: [intAttribute("axis", 1)] }),
    ],
    initialisers: [tensor({ name: "first", dims: [1], type: elementType.int64, raw: longs(0) })],
    inputs: [value("x", ["batch", window, 2])],
    outputs: [value("y", ["batch", 1])],
  })
}

/** As scikit-learn's converter writes a classifier: a label and two probabilities, of which the second counts. */
export function classifierModel(): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [
      node({
        op: "LinearClassifier",
        domain: "ai.onnx.ml",
        inputs: ["x"],
        outputs: ["label", "probabilities"],
        attributes: [
          floatsAttribute("coefficients", [-1, 2, 1, -2]),
          floatsAttribute("intercepts", [0.25, -0.25]),
          intsAttribute("classlabels_ints", [0, 1]),
          intAttribute("multi_class", 1),
          textAttribute("post_transform", "LOGISTIC"),
        ],
      }),
    ],
    opsets: [opset("", 17), opset("ai.onnx.ml", 1)],
    inputs: [value("x", ["batch", 2])],
    outputs: [value("label", ["batch"], elementType.int64), value("probabilities", ["batch", 2])],
  })
}

/** An LSTM of one unit over a window of one feature, as Keras and PyTorch write it. */
export function lstmModel(window: number): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [
      node({ op: "Transpose", inputs: ["x"], outputs: ["t"], attributes: [intsAttribute("perm", [1, 0, 2])] }),
      node({
        op: "LSTM",
        inputs: ["t", "w", "r", "b"],
        outputs: ["", "h"],
        attributes: [intAttribute("hidden_size", 1)],
      }),
      node({ op: "Squeeze", inputs: ["h", "direction"], outputs: ["y"] }),
    ],
    initialisers: [
      tensor({ name: "w", dims: [1, 4, 1], raw: floats(...lstmWeights.kernel) }),
      tensor({ name: "r", dims: [1, 4, 1], raw: floats(...lstmWeights.recurrent) }),
      tensor({ name: "b", dims: [1, 8], raw: floats(...lstmWeights.bias, 0, 0, 0, 0) }),
      tensor({ name: "direction", dims: [1], type: elementType.int64, raw: longs(0) }),
    ],
    inputs: [value("x", ["batch", window, 1])],
    outputs: [value("y", ["batch", 1])],
  })
}

/** Of `lstmModel`, in ONNX's order of gates: input, output, forget, cell. Each a number that 32 bits hold exactly. */
export const lstmWeights = {
  kernel: [0.5, -0.25, 0.75, 1],
  recurrent: [0.125, 0.25, -0.5, 0.375],
  bias: [0, 0.5, 1, -0.125],
}

/** Wants memory for twice as many numbers as `pairs`, for every row. */
export function memoryBomb(pairs: number): Uint8Array<ArrayBuffer> {
  return onnxFile({
    nodes: [
      node({ op: "Expand", inputs: ["x", "shape"], outputs: ["large"] }),
      node({ op: "ReduceSum", inputs: ["large"], outputs: ["y"] }),
    ],
    initialisers: [tensor({ name: "shape", dims: [3], type: elementType.int64, raw: longs(pairs, 1, 2) })],
    inputs: [value("x", ["batch", 2])],
    outputs: [value("y", [1, 1, 1])],
  })
}

/** Multiplies large tables again and again: some minutes for one row, in little memory. */
export function timeBomb(): Uint8Array<ArrayBuffer> {
  const side = 1_500
  const steps = Array.from({ length: 1_000 }, (_, at) =>
    node({ op: "MatMul", inputs: [`m${at}`, "m0"], outputs: [`m${at + 1}`] }),
  )
  return onnxFile({
    nodes: [
      node({ op: "Gather", inputs: ["x", "first"], outputs: ["one"], attributes: [intAttribute("axis", 1)] }),
      node({ op: "Expand", inputs: ["one", "shape"], outputs: ["m0"] }),
      ...steps,
      node({ op: "ReduceMax", inputs: ["m1000"], outputs: ["y"] }),
    ],
    initialisers: [
      tensor({ name: "first", dims: [1], type: elementType.int64, raw: longs(0) }),
      tensor({ name: "shape", dims: [2], type: elementType.int64, raw: longs(side, side) }),
    ],
    inputs: [value("x", [1, 2])],
    outputs: [value("y", [1, 1])],
  })
}
