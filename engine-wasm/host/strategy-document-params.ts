import { didYouMean } from "./closest-name.ts"
import type { StrategyProblem } from "./strategy-document-problems.ts"
import type { StrategyDocument, StrategyParam } from "./strategy-document.ts"

export type ParamValues = Record<string, number | boolean>

/** A document's part with every name of a param replaced by its number. */
export type Resolved<Part> = [string | number] extends [NonNullable<Part>]
  ? number | Extract<Part, null | undefined>
  : Part extends unknown[]
    ? { [Item in keyof Part]: Resolved<Part[Item]> }
    : Part extends object
      ? { [Key in keyof Part]: Resolved<Part[Key]> }
      : Part

/** The parts of a document whose numbers params may stand for. */
export type ResolvedStrategy = Omit<StrategyDocument, "protect" | "size" | "orders" | "add" | "limits"> & {
  protect: Resolved<StrategyDocument["protect"]>
  size: Resolved<StrategyDocument["size"]>
  orders: Resolved<StrategyDocument["orders"]>
  add: Resolved<StrategyDocument["add"]>
  limits: Resolved<StrategyDocument["limits"]>
}

type Chosen = { ok: true; values: ParamValues } | { ok: false; problems: StrategyProblem[] }

/** Every param's value: the chosen one, or the document's own. Refuses unknown names, wrong kinds and values outside min..max. */
export function chosenParams(strategy: StrategyDocument, chosen: ParamValues = {}): Chosen {
  const names = Object.keys(strategy.params)
  const problems = Object.entries(chosen).flatMap(([name, value]) => {
    const param = Object.hasOwn(strategy.params, name) ? strategy.params[name] : undefined
    const because = param ? wrongValue(param, value) : `the strategy has no param \`${name}\`${didYouMean(name, names)}`
    return because ? [{ path: `params.${name}`, because }] : []
  })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, values: { ...Object.fromEntries(names.map((name) => [name, strategy.params[name]!.value])), ...chosen } }
}

/** Why a value cannot be a param's, or undefined when it can. */
export function wrongValue(param: StrategyParam, value: unknown): string | undefined {
  if (param.type === "bool") return typeof value === "boolean" ? undefined : "this switch takes true or false"
  if (typeof value !== "number" || !Number.isFinite(value)) return "this param takes a number"
  if (param.type === "int" && !Number.isInteger(value)) return `this param takes whole numbers, not ${value}`
  return value < param.min || value > param.max ? `${value} is outside ${param.min} to ${param.max}` : undefined
}

/** The document with these values of its params in place of their names. Values must come from `chosenParams`. */
export function resolvedStrategy(strategy: StrategyDocument, values: ParamValues): ResolvedStrategy {
  const { protect, size, orders, add, limits } = strategy
  return { ...strategy, ...(withNumbers({ protect, size, orders, add, limits }, values) as Pick<ResolvedStrategy, "protect" | "size" | "orders" | "add" | "limits">) }
}

/** Fields that hold words, not names of params. */
const wordFields = new Set(["kind", "formula"])

/** A name of a param becomes its number; a name that is no number param stays, for the caller to refuse. */
export function withNumbers(part: unknown, values: ParamValues): unknown {
  if (typeof part === "string") return Object.hasOwn(values, part) && typeof values[part] === "number" ? values[part] : part
  if (Array.isArray(part)) return part.map((item) => withNumbers(item, values))
  if (typeof part !== "object" || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, wordFields.has(key) ? value : withNumbers(value, values)]))
}
