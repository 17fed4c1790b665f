// The door #forecasts: training of forecast models that are not closed-form. It needs neither DOM nor Node, and loads
// tfjs only when training starts.
export * from "./lstm-caps.ts"
export * from "./lstm-checkpoint.ts"
export * from "./lstm-problem.ts"
export * from "./lstm-request.ts"
export { type LstmShape, lstmWeightCount } from "./lstm-shape.ts"
export { predictLstm } from "./predict-lstm.ts"
export { startTraining, type Trainer } from "./start-training.ts"
export * from "./train-lstm.ts"
