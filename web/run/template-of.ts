import { defaultSetup } from "./run-setup.ts"
import { codeTemplates, type StrategyTemplate, strategyTemplates, type WrittenStrategy } from "#engine/strategy"

/** Everything there is to begin with: rules first, then what only code can say. */
export const templates: readonly StrategyTemplate[] = [...strategyTemplates, ...codeTemplates]

/** The template with this id; undefined when there is none, as in a link of another version. */
export function templateOf(id: string): StrategyTemplate | undefined {
  return templates.find((template) => template.id === id)
}

/** What is tested where nobody has chosen. */
export const usualTemplate = templateOf(defaultSetup.strategy)!

type WrittenParam = NonNullable<WrittenStrategy["params"]>[string]
type Named<Param> = Param extends { type: "bool" }
  ? Param & { name: string; label: string }
  : Param & { name: string; label: string; step: number }

/** A param with everything a slider needs. */
export type ShownParam = Named<WrittenParam>

/** The params of a strategy in its order, with the label and the step that were left out filled in. */
export function shownParams(strategy: WrittenStrategy): ShownParam[] {
  return Object.entries(strategy.params ?? {}).map(([name, param]) => shownParam(name, param))
}

function shownParam(name: string, param: WrittenParam): ShownParam {
  const label = param.label ?? name
  return param.type === "bool"
    ? { ...param, name, label }
    : { ...param, name, label, step: param.step ?? (param.type === "int" ? 1 : 0.1) }
}
