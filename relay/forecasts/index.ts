// The door #forecasts: training of forecast models that are not closed-form, and models that a person brings as an ONNX
// file. It needs neither DOM nor Node, loads tfjs only when training starts, and is given what runs ONNX.
export * from "./lstm-caps.ts"
export * from "./lstm-checkpoint.ts"
export * from "./lstm-problem.ts"
export * from "./lstm-request.ts"
export { type LstmShape, lstmWeightCount } from "./lstm-shape.ts"
export { describeOnnx, type OnnxDescription, type OnnxNo, onnxSizeProblem } from "./onnx/describe-onnx.ts"
export type { OnnxInput, OnnxOutput } from "./onnx/onnx-ends.ts"
export { type OnnxAnswer, type OnnxRows, type OnnxSession, openOnnx } from "./onnx/onnx-session.ts"
export { columnsProblem, type OnnxColumns, type OnnxRun, runOnnx } from "./onnx/run-onnx.ts"
export { predictLstm } from "./predict-lstm.ts"
export { startTraining, type Trainer } from "./start-training.ts"
export * from "./train-lstm.ts"
