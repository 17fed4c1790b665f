import { formatDuration } from "../../candles/duration-format.ts"
import { chosenParams, wrongValue, type ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { combinationCount, type Dimension, type SearchSpace, type SpaceShape } from "./search-space.ts"

/** More combinations than this are sampled, not all run: a grid of them would take hours. */
export const MOST_GRID_COMBINATIONS = 2_000_000

/** Why these values cannot be tried; empty: they can. `params`: values of the other params. */
export function spaceProblems(space: SearchSpace, params: ParamValues = {}): StrategyProblem[] {
  const { variants, dimensions } = space
  if (variants.length === 0) return [{ path: "vary", because: "no variant of the strategy can be run" }]
  if (combinationCount(space) > Number.MAX_SAFE_INTEGER)
    return [
      {
        path: "vary",
        because: `${countInWords(space)} are more than can be counted; try fewer values or fewer params`,
      },
    ]
  const empty = dimensions.filter(({ values }) => values.length === 0)
  if (empty.length > 0) return empty.map(({ name }) => ({ path: `vary.${name}`, because: "name at least one value" }))
  const [strategy] = variants
  return [
    ...firstValueProblems(strategy, dimensions, params),
    ...dimensions.flatMap((dimension) => laterValueProblems(strategy, dimension)),
  ]
}

/** Why not every one of these combinations can be run, and how to sample them; empty: they can. */
export function gridProblems(space: SpaceShape, perSecond?: number): StrategyProblem[] {
  const count = combinationCount(space)
  if (count <= MOST_GRID_COMBINATIONS) return []
  const time = perSecond ? ` and take about ${formatDuration((count / perSecond) * 1_000)}` : ""
  return [
    {
      path: "vary",
      because:
        `these are ${countInWords(space)}${time}; a grid runs at most ${wholeInWords(MOST_GRID_COMBINATIONS)}. ` +
        "Nothing was run. Sample them instead: the method tpe looks where it was good before, random looks " +
        "everywhere alike; or try fewer values with larger steps",
    },
  ]
}

/** "1,024 combinations"; above the exact numbers "about 1.2e+21 combinations". */
export function countInWords(space: SpaceShape): string {
  const count = combinationCount(space)
  const words = count > Number.MAX_SAFE_INTEGER ? `about ${count.toPrecision(2)}` : wholeInWords(count)
  return `${words} ${count === 1 ? "combination" : "combinations"}`
}

function wholeInWords(count: number): string {
  return count.toLocaleString("en")
}

/** A wrong first value is the search's, and not the strategy's. */
function firstValueProblems(
  strategy: StrategyDocument,
  dimensions: readonly Dimension[],
  params: ParamValues,
): StrategyProblem[] {
  const first = Object.fromEntries(dimensions.map(({ name, values }) => [name, values[0]]))
  const chosen = chosenParams(strategy, { ...params, ...first })
  const wrong = chosen.ok ? [] : chosen.problems.filter(({ path }) => path.startsWith("params."))
  return wrong.map(({ path, ...rest }) => {
    const name = path.slice("params.".length)
    return { ...rest, path: Object.hasOwn(first, name) ? `vary.${name}` : path }
  })
}

/** The first value has been checked already, with all other params. */
function laterValueProblems({ params }: StrategyDocument, { name, values }: Dimension): StrategyProblem[] {
  const param = Object.hasOwn(params, name) ? params[name] : undefined
  const because =
    param &&
    values
      .slice(1)
      .map((value) => wrongValue(param, value))
      .find((one) => one !== undefined)
  return because ? [{ path: `vary.${name}`, because }] : []
}
