import type { CompiledQuery } from "kysely"

/** What a parameter may not be: PostgreSQL has booleans of its own. */
export type Unsafe = "booleans too" | "all but booleans"

/**
 * Throws for a parameter that a driver would change in silence or not survive: libsql ends the process at a boolean,
 * writes NULL for undefined and NaN, cuts a text at NUL, and reads integers above 2^53 wrongly.
 */
export function refuseUnsafe({ sql, parameters }: Pick<CompiledQuery, "sql" | "parameters">, unsafe: Unsafe): void {
  parameters.forEach((bound, at) => {
    const fault = typeof bound === "boolean" && unsafe === "all but booleans" ? undefined : faultOf(bound)
    if (fault !== undefined) throw new TypeError(`Parameter ${at + 1} is ${fault}: ${sql.slice(0, 200)}`)
  })
}

function faultOf(bound: unknown): string | undefined {
  if (bound === null || bound instanceof Uint8Array) return undefined
  switch (typeof bound) {
    case "string":
      return bound.includes("\0") ? "a text with NUL in it" : undefined
    case "number":
      return faultOfNumber(bound)
    default:
      return `of a kind no column has (${bound instanceof Object ? bound.constructor.name : typeof bound})`
  }
}

function faultOfNumber(bound: number): string | undefined {
  if (!Number.isFinite(bound)) return `${bound}`
  return Number.isInteger(bound) && !Number.isSafeInteger(bound) ? "an integer above 2^53" : undefined
}
