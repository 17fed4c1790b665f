// The door #engine/idea: an idea in a person's own words, read without a network or a model.
export * from "./read-idea.ts"
export * from "./reply.ts"
export { withSliders } from "./adjustable-numbers.ts"
export { askShape, type Envelope, envelope, envelopeFor, proposalShape } from "./model/envelope-shape.ts"
export { filledFrom } from "./model/filled.ts"
export { functionSheet } from "./model/function-sheet.ts"
export { type ModelStrategy, type StrategyForm, strategyFromModel } from "./model/model-strategy.ts"
export {
  type ChangedNumber,
  changedNumberInWords,
  changedNumbers,
  isComparable,
  isSaidFor,
} from "./model/number-check.ts"
export { jsonSchemaOf, type SchemaFlavour } from "./model/shape.ts"
export { wholeStrategy } from "./model/strategy-shape.ts"
export { wholeFromDocument, withoutEmpty } from "./model/whole-from-document.ts"
