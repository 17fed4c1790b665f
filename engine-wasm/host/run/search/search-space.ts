import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"

/** A param and its values to try, each once. */
export type Dimension = { name: string; values: readonly (number | boolean)[] }

/**
 * Everything that is tried: each dimension's values; `variants` are whole documents (rules on and off, indicators to
 * choose from), the first dimension.
 */
export type SearchSpace = { variants: readonly StrategyDocument[]; dimensions: readonly Dimension[] }

/** What a space's numbers depend on: how many places each of its dimensions has. */
export type SpaceShape = {
  readonly variants: { readonly length: number }
  readonly dimensions: readonly { readonly values: { readonly length: number } }[]
}

/** A combination: which of the variants, with which values. */
export type Combination = { variant: number; params: ParamValues }

/** Values to try for each of these params; every combination of them is run. */
export type SweepVary = Record<string, readonly (number | boolean)[]>

/** These values as dimensions, in their order; a value that appears twice is tried once. */
export function dimensionsOf(vary: SweepVary): Dimension[] {
  return Object.entries(vary).map(([name, values]) => ({ name, values: [...new Set(values)] }))
}

/** How many places each dimension has; the first is the variant's. */
export function radicesOf({ variants, dimensions }: SpaceShape): number[] {
  return [variants.length, ...dimensions.map(({ values }) => values.length)]
}

/** How many combinations there are. Above Number.MAX_SAFE_INTEGER it is about as many, and `spaceProblems` refuses. */
export function combinationCount(space: SpaceShape): number {
  return radicesOf(space).reduce((count, radix) => count * radix, 1)
}

/**
 * A combination by its number, from 0: mixed radix over variants and dimensions, the last dimension changing fastest.
 * @throws RangeError when the space has no such number
 */
export function combinationAt(space: SearchSpace, number: number): Combination {
  const [variant, ...places] = placesOf(space, number)
  const params: ParamValues = {}
  for (let at = 0; at < places.length; at++) {
    const { name, values } = space.dimensions[at]
    params[name] = values[places[at]]
  }
  return { variant, params }
}

/**
 * Where a combination is in each dimension; the first is its variant.
 * @throws RangeError when the space has no such number
 */
export function placesOf(space: SpaceShape, number: number): number[] {
  const places = radicesOf(space)
  let rest = number
  for (let at = places.length - 1; at >= 0; at--) {
    const radix = places[at]
    places[at] = rest % radix
    // Exact, as a quotient rounded down would not be near 2^53.
    rest = (rest - places[at]) / radix
  }
  if (rest !== 0 || !Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`the search has no combination ${number}`)
  return places
}

/** The number of the combination at these places. */
export function numberOf(space: SpaceShape, places: ArrayLike<number>): number {
  return radicesOf(space).reduce((number, radix, at) => number * radix + places[at], 0)
}

/** Reads the number of a combination from its values, for a space whose dimensions name each value once. */
export function numbering(
  space: Pick<SpaceShape, "variants"> & Pick<SearchSpace, "dimensions">,
): (one: Combination) => number {
  const placeOf = space.dimensions.map(({ values }) => new Map(values.map((value, place) => [value, place])))
  return ({ variant, params }) =>
    numberOf(space, [variant, ...space.dimensions.map(({ name }, at) => placeOf[at].get(params[name])!)])
}
