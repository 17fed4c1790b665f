import { plainMessage } from "../../candles/shape-words.ts"
import { quotedCode } from "../../candles/foreign-text.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { pathText, problemsOf, type StrategyProblem } from "./strategy-document-problems.ts"
import { strategySchema, type StrategyDocument, type StrategyParam } from "./strategy-document.ts"

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
export type ResolvedStrategy = Omit<StrategyDocument, NumberPart> & {
  protect: Resolved<StrategyDocument["protect"]>
  size: Resolved<StrategyDocument["size"]>
  orders: Resolved<StrategyDocument["orders"]>
  add: Resolved<StrategyDocument["add"]>
  limits: Resolved<StrategyDocument["limits"]>
}

type Chosen = { ok: true; values: ParamValues } | { ok: false; problems: StrategyProblem[] }

/**
 * Every param's value: the chosen one, or the document's own. Refuses unknown names, wrong kinds, values outside
 * min..max, and those that make a number of the document impossible.
 */
export function chosenParams(strategy: StrategyDocument, chosen: ParamValues = {}): Chosen {
  const names = Object.keys(strategy.params)
  const problems = Object.entries(chosen).flatMap(([name, value]) => {
    const param = Object.hasOwn(strategy.params, name) ? strategy.params[name] : undefined
    const because = param
      ? wrongValue(param, value)
      : `the strategy has no param ${quotedCode(name)}${didYouMean(name, names)}`
    return because ? [{ path: `params.${name}`, because }] : []
  })
  if (problems.length > 0) return { ok: false, problems }
  const values = { ...Object.fromEntries(names.map((name) => [name, strategy.params[name].value])), ...chosen }
  const impossible = impossibleNumbers(strategy, values)
  return impossible.length > 0 ? { ok: false, problems: impossible } : { ok: true, values }
}

/** Numbers of the document that these values of its params make impossible, such as a stop of 0 %. */
function impossibleNumbers(strategy: StrategyDocument, values: ParamValues): StrategyProblem[] {
  if (paramPlaces(strategy).length === 0) return []
  const checked = strategySchema.safeParse(
    { ...strategy, ...(withNumbers(numberParts(strategy), values) as object) },
    { error: plainMessage },
  )
  return checked.success
    ? []
    : problemsOf(checked.error).map((problem) => ({
        ...problem,
        because: `with this value of its param: ${problem.because}`,
      }))
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
  return { ...strategy, ...(withNumbers(numberParts(strategy), values) as Pick<ResolvedStrategy, NumberPart>) }
}

type NumberPart = "protect" | "size" | "orders" | "add" | "limits"

function numberParts({ protect, size, orders, add, limits }: StrategyDocument): Pick<StrategyDocument, NumberPart> {
  return { protect, size, orders, add, limits }
}

/** Fields that hold words, not names of params. */
const wordFields = new Set<PropertyKey>(["kind", "formula"])

/** Replaces a param's name by its number; other names stay, for the caller to refuse. */
function withNumbers(part: unknown, values: ParamValues): unknown {
  if (typeof part === "string")
    return Object.hasOwn(values, part) && typeof values[part] === "number" ? values[part] : part
  if (Array.isArray(part)) return part.map((item) => withNumbers(item, values))
  if (typeof part !== "object" || part === null) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, wordFields.has(key) ? value : withNumbers(value, values)]),
  )
}

/**
 * The document with these values written into its params.
 * @throws when the values are not the strategy's (see `chosenParams`)
 */
export function strategyWithValues(strategy: StrategyDocument, params?: ParamValues): StrategyDocument {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) throw new Error(chosen.problems.map((problem) => `${problem.path}: ${problem.because}`).join("; "))
  const withValues = Object.entries(strategy.params).map(([name, param]) => [
    name,
    { ...param, value: chosen.values[name] },
  ])
  return { ...strategy, params: Object.fromEntries(withValues) as StrategyDocument["params"] }
}

/** Where a document names a param in place of a number. */
export function paramPlaces(strategy: StrategyDocument): { path: string; name: string }[] {
  return placesIn(numberParts(strategy), [])
}

function placesIn(part: unknown, path: PropertyKey[]): { path: string; name: string }[] {
  if (typeof part === "string") return wordFields.has(path.at(-1) ?? "") ? [] : [{ path: pathText(path), name: part }]
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    placesIn(value, [...path, Array.isArray(part) ? Number(key) : key]),
  )
}
