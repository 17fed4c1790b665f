import type { AverageKind } from "../formula/function-spec.ts"

/** The usual arguments of formula functions. Lengths are in candles. */
export const source = { name: "source", kind: "series", default: "close" } as const

export function candles<Name extends string>(name: Name, usual: number, min = 1) {
  return { name, kind: "integer", default: usual, min, max: 100_000 } as const
}

export function length(usual: number, min = 1) {
  return candles("length", usual, min)
}

export function decimal<Name extends string>(name: Name, usual: number, min: number, max: number) {
  return { name, kind: "number", default: usual, min, max } as const
}

export function average(usual: AverageKind) {
  return { name: "kind", kind: "average", default: usual } as const
}
