import type { OnnxGraph } from "./onnx-file.ts"
import { nameOf, refuse } from "./onnx-refusal.ts"

/** Refuses a model whose steps use what nobody makes, or go in a circle, or make the same value twice. */
export function checkOrder({ nodes, initialisers, inputs, outputs }: OnnxGraph): void {
  const weights = initialisers.map(({ name }) => name)
  const made = new Set([...namesOnce(weights), ...namesOnce(inputs.map(({ name }) => name))])
  const later = new Set(nodes.flatMap((node) => node.outputs))
  for (const node of nodes) {
    const missing = node.inputs.find((name) => name !== "" && !made.has(name))
    if (missing !== undefined) refuse(notThere(missing, node.op, later.has(missing)))
    for (const name of node.outputs) addOnce(made, name)
  }
  const unmade = outputs.find(({ name }) => !made.has(name))
  if (unmade) refuse(`The output ${nameOf(unmade.name)} is made by no step of the model.`)
}

function namesOnce(names: string[]): Set<string> {
  const once = new Set<string>()
  for (const name of names) addOnce(once, name)
  return once
}

function addOnce(made: Set<string>, name: string): void {
  if (name === "") return
  if (made.has(name)) refuse(`The value ${nameOf(name)} is made twice in this model.`)
  made.add(name)
}

function notThere(name: string, op: string, comesLater: boolean): string {
  const user = `The operator ${nameOf(op)} uses ${nameOf(name)}`
  return comesLater
    ? `${user} before it is made: the steps go in a circle, or are not in order.`
    : `${user}, which is neither an input nor made by any step.`
}
