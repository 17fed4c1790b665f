import { formatShort, quoted } from "#engine/candles"
import { problemInWords, type StrategyProblem, type WrittenStrategy } from "#engine/strategy"
import { type ShownParam, shownParams } from "./template-of.ts"

type Params = Record<string, number | boolean>

/** A way out of a refusal, as its button says, and the params after it. */
export type WayOut = { label: string; params: Params }
/** Why a run was refused, with the place's name on the screen. */
export type RunRefusal = { because: string; ways: WayOut[] }

/** The problems of a run in words: each names its slider or its place, and offers the possible values. */
export function runRefusals(problems: StrategyProblem[], strategy: WrittenStrategy, chosen: Params): RunRefusal[] {
  const params = shownParams(strategy)
  const refusals = withoutEchoes(problems).map((problem) => {
    const name = /^params\.(.+)$/.exec(problem.path)?.[1]
    if (name === undefined) return elsewhere(problem, strategy, chosen)
    const param = params.find((each) => each.name === name)
    if (param) return wrongParam(param, problem, chosen)
    const isPartOfOne = params.some((each) => name.startsWith(`${each.name}.`))
    return isPartOfOne ? elsewhere(problem, strategy, chosen) : unknownParam(name, problem, chosen)
  })
  return refusals.filter(({ because }, at) => refusals.findIndex((each) => each.because === because) === at)
}

/** What is wrong with a named value is wrong wherever it is used; it is said once, where it is written. */
function withoutEchoes(problems: StrategyProblem[]): StrategyProblem[] {
  const places = new Set(problems.map(({ path }) => path))
  return problems.filter(({ because }) => {
    const series = /^in the series `([^`]+)`: /.exec(because)?.[1]
    return series === undefined || !places.has(`series.${series}`)
  })
}

function wrongParam(param: ShownParam, { because }: StrategyProblem, chosen: Params): RunRefusal {
  const value = chosen[param.name]
  const own = { label: `Use its own, ${shown(param.value)}`, params: without(chosen, param.name) }
  if (param.type === "bool" || typeof value !== "number")
    return { because: `${quoted(param.label)}: ${sentence(because)}`, ways: [own] }
  const nearest = nearestTo(value, param)
  const range = `it takes ${param.type === "int" ? "whole numbers " : ""}from ${shown(param.min)} to ${shown(param.max)}`
  return {
    because: `${quoted(param.label)} is ${shown(value)}; ${range}.`,
    ways: [
      ...(nearest === param.value
        ? []
        : [{ label: `Use ${shown(nearest)}`, params: { ...chosen, [param.name]: nearest } }]),
      own,
    ],
  }
}

function unknownParam(name: string, { because }: StrategyProblem, chosen: Params): RunRefusal {
  return {
    because: sentence(because),
    ways: [{ label: `Leave ${quoted(name, 20)} out`, params: without(chosen, name) }],
  }
}

/** A number of the document that its params have made impossible, or anything else about the run. */
function elsewhere(problem: StrategyProblem, strategy: WrittenStrategy, chosen: Params): RunRefusal {
  const { path, because } = problem
  const isOfParams = because.startsWith("with this value of its param") && Object.keys(chosen).length > 0
  return {
    because: isOfRun(path) ? sentence(because) : problemInWords(strategy, { path, because }),
    ways: isOfParams ? [{ label: "Use the strategy's own numbers", params: {} }] : [],
  }
}

/** The whole, or what the rules do not say: nothing a person would look for in them. */
function isOfRun(path: string): boolean {
  return path === "" || /^(from|markets|account|code)/.test(path)
}

function nearestTo(value: number, { min, max, type }: Exclude<ShownParam, { type: "bool" }>): number {
  const within = Math.max(min, Math.min(max, Number.isNaN(value) ? min : value))
  return type === "int" ? Math.round(within) : within
}

function without(params: Params, name: string): Params {
  const { [name]: _, ...others } = params
  return others
}

function shown(value: number | boolean): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : formatShort(value)
}

function sentence(because: string): string {
  const text = because.charAt(0).toUpperCase() + because.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
