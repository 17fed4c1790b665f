import { nameOf, refuse } from "./onnx-refusal.ts"

const plain = words(`Abs Add And ArgMax ArgMin AveragePool BatchNormalization Cast Ceil Clip Concat Constant
  ConstantOfShape Conv Div Dropout Elu Equal Erf Exp Expand Flatten Floor GRU Gather GatherElements Gelu Gemm
  GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual HardSigmoid HardSwish Identity LSTM LayerNormalization LeakyRelu
  Less LessOrEqual Log LogSoftmax MatMul Max MaxPool Mean Min Mul Neg Not Or PRelu Pad Pow RNN Range Reciprocal ReduceL1
  ReduceL2 ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu Reshape Round Selu Shape Sigmoid Sign
  Slice Softmax Softplus Softsign Split Sqrt Squeeze Sub Sum Tanh ThresholdedRelu TopK Transpose Unsqueeze Where`)

const learned = words(`ArrayFeatureExtractor Binarizer FeatureVectorizer Imputer LinearClassifier LinearRegressor
  Normalizer SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor`)

const branching = words("If Loop Scan SequenceMap")

/** Operators whose answer is a probability. */
const probable = words("Sigmoid Softmax LinearClassifier SVMClassifier TreeEnsembleClassifier")

/** A set of operators by its full name: in files the plain one has none. */
export function fullDomain(domain: string): string {
  return domain === "" ? "ai.onnx" : domain
}

/** Refuses operators that a regressor, classifier or small network of candles has no need of. */
export function checkOperator(op: string, domain: string): void {
  const allowed = { "ai.onnx": plain, "ai.onnx.ml": learned }[fullDomain(domain)]
  if (!allowed)
    refuse(
      `The operator ${nameOf(op)} belongs to ${nameOf(domain)}. Only ONNX's own operators are run: export without extensions.`,
    )
  if (branching.has(op)) refuse(`The operator ${nameOf(op)} holds a program of its own, and such models are not run.`)
  if (op === "ZipMap")
    refuse('The operator "ZipMap" makes lists. Export the model from scikit-learn with zipmap=False.')
  if (!allowed.has(op))
    refuse(`The operator ${nameOf(op)} is not among those that are run: use an ordinary regression, tree or network.`)
}

/** Whether an operator answers with numbers between 0 and 1. */
export function givesProbability(op: string): boolean {
  return probable.has(op)
}

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/))
}
