import { isAnotherStrategy } from "../change/another-strategy.ts"
import { documentLimits, type WrittenStrategy } from "../document/strategy-document.ts"
import { type CodeDiagnostic, withPlace } from "./code-diagnostic.ts"

type WrittenParams = NonNullable<WrittenStrategy["params"]>
type WrittenParam = WrittenParams[string]

/**
 * The strategy with this code and the params it declares: `this.param("length", 14, 2, 50)` is a slider of 14 between 2
 * and 50, in steps of the fourth number if there is one. Whole numbers without a point make whole steps. A slider that
 * was moved keeps its value until the code's own value for it changes.
 */
export function withCode(strategy: WrittenStrategy, source: string): WrittenStrategy {
  const params: WrittenParams = { ...strategy.params }
  const written = new Map(paramCalls(strategy.code?.source ?? "").map((call) => [call.name, call.numbers[0]]))
  for (const call of paramCalls(source)) {
    const was = Object.hasOwn(params, call.name) ? params[call.name] : undefined
    if (!was && Object.keys(params).length >= documentLimits.params) continue
    const declared = sliderOf(call)
    if (!declared) continue
    const isNew = written.has(call.name) && written.get(call.name) !== call.numbers[0]
    params[call.name] = was && !isNew ? { ...declared, ...keptOf(was, declared) } : { ...declared, ...labelOf(was) }
  }
  const code = { ...strategy.code, language: "assemblyscript" as const, source }
  const next = { ...strategy, ...(Object.keys(params).length > 0 && { params }), code }
  return strategy.code && isAnotherStrategy(strategy, next) ? withoutDescription(next) : next
}

/** Of other code the old words would be untrue. */
function withoutDescription(strategy: WrittenStrategy): WrittenStrategy {
  const { description: _, ...rest } = strategy
  return rest
}

/** The strategy without the params that nothing asks for any more; all of them stay where code makes up names. */
export function withoutForgottenParams(strategy: WrittenStrategy): WrittenStrategy {
  const { params = {}, code, ...rest } = strategy
  const asked = namesAsked(code?.source ?? "")
  if (asked === "any") return strategy
  const used = Object.entries(params).filter(
    ([name]) => asked.has(name) || JSON.stringify(rest).includes(JSON.stringify(name)),
  )
  return used.length === Object.keys(params).length ? strategy : { ...strategy, params: Object.fromEntries(used) }
}

/** The names of params a source asks for; "any" where one is not written outright. */
function namesAsked(source: string): ReadonlySet<string> | "any" {
  const asked = Array.from(withoutComments(source).matchAll(anyCall), ({ 2: name }) => name as string | undefined)
  const names = asked.filter((name) => name !== undefined)
  return names.length < asked.length ? "any" : new Set(names)
}

/** Asked of whatever holds the strategy; the name is missing where the first argument is no text alone. */
const anyCall = /\.\s*param\s*\(\s*(?:(["'`])(\w+)\1\s*(?=[,)]))?/g

/** Params the code asks for that are no slider: without numbers, or with numbers that make none. */
export function paramMarks({ code, params = {} }: WrittenStrategy): CodeDiagnostic[] {
  if (!code) return []
  const calls = paramCalls(code.source)
  const declared = new Set(calls.flatMap((call) => (sliderOf(call) ? [call.name] : [])))
  return calls.flatMap((call) => {
    const mark = (because: string) => [withPlace(code.source, call.start, call.end, because)]
    if (call.numbers.length > 0) return sliderOf(call) ? [] : mark(noSlider(call.name))
    if (declared.has(call.name) || Object.hasOwn(params, call.name)) return []
    return mark(`There is no slider “${call.name}” yet. Write its value, least and most: ${example(call.name)}.`)
  })
}

function noSlider(name: string): string {
  const how = "write the value, the least and the most, and perhaps a step, with the value between the two"
  return `These numbers are no slider: ${how}, as in ${example(name)}.`
}

function example(name: string): string {
  return `this.param("${name}", 14, 2, 50)`
}

/** Label and value of a slider, inside its new bounds. */
function keptOf(was: WrittenParam, { type, min, max }: SliderParam) {
  if (was.type === "bool") return labelOf(was)
  const value = Math.min(max, Math.max(min, was.value))
  return { ...labelOf(was), value: type === "int" ? Math.round(value) : value }
}

function labelOf(was: WrittenParam | undefined) {
  return was?.label === undefined ? {} : { label: was.label }
}

/** One `this.param(…)`: the numbers behind the name as they are written. */
type ParamCall = { name: string; numbers: string[]; start: number; end: number }

// The end of a call may not be typed yet.
const call = /\bthis\s*\.\s*param\s*\(\s*(["'])([A-Za-z][A-Za-z0-9_]{0,39})\1([^()\n;]*)\)?/g

function paramCalls(source: string): ParamCall[] {
  return Array.from(withoutComments(source).matchAll(call), ({ 0: text, 2: name, 3: rest, index }) => ({
    name,
    numbers: rest
      .split(",")
      .slice(1)
      .map((word) => word.trim()),
    start: index,
    end: index + text.length,
  }))
}

type SliderParam = Extract<WrittenParam, { min: number }>

/** Value, least and most, and perhaps a step; nothing where they are no slider. */
function sliderOf({ numbers }: ParamCall): SliderParam | undefined {
  const words = numbers.at(-1) === "" ? numbers.slice(0, -1) : numbers
  if (words.length < 3 || words.length > 4 || !words.every((word) => /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(word)))
    return undefined
  const [value, min, max, step] = words.map(Number)
  if (!(min < max) || !(value >= min && value <= max) || (step !== undefined && !(step > 0))) return undefined
  const isWhole = words.every((word) => /^-?\d+$/.test(word))
  return { type: isWhole ? "int" : "number", value, min, max, ...(step === undefined ? {} : { step }) }
}

/** The code with every comment blanked out; texts stay, and all offsets. */
function withoutComments(source: string): string {
  return source.replace(
    /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (part) => (part.startsWith("/") ? part.replaceAll(/[^\n]/g, " ") : part),
  )
}
