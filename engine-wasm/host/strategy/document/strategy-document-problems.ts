import type * as z from "zod/mini"
import { plainText, quoted } from "../../candles/foreign-text.ts"

/**
 * What is wrong with a document and what to do about it. `path` as in `protect.takeProfit[0].share`, empty for the
 * whole; `character` (from 0) when the place is inside a formula or the JSON text itself; `line` (from 1) only for
 * JSON text.
 */
export type StrategyProblem = { path: string; because: string; character?: number; line?: number }

/** The schema's errors as problems a beginner can act on. */
export function problemsOf(error: z.core.$ZodError): StrategyProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, []))
}

function problemsOfIssue(issue: z.core.$ZodIssue, above: PropertyKey[]): StrategyProblem[] {
  const path = [...above, ...issue.path]
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return likeliestBranch(issue.errors).flatMap((inner) => problemsOfIssue(inner, path))
  if (issue.code === "unrecognized_keys")
    return issue.message.split("\n").map((because, n) => ({ path: pathText([...path, issue.keys[n]]), because }))
  if (issue.code === "invalid_key")
    return [{ path: pathText(path), because: issue.issues[0]?.message ?? issue.message }]
  return [{ path: pathText(path), because: issue.message }]
}

/**
 * Of a choice between shapes, the one the writer most likely meant: the one that failed deepest, then with the fewest
 * errors.
 */
function likeliestBranch(branches: z.core.$ZodIssue[][]): z.core.$ZodIssue[] {
  const wrongness = (issues: z.core.$ZodIssue[]) =>
    (issues.some((issue) => issue.path.length === 0 && issue.code === "invalid_type") ? 1000 : 0) +
    (issues.some((issue) => issue.code === "unrecognized_keys") ? 100 : 0) +
    issues.length
  return branches.toSorted((a, b) => wrongness(a) - wrongness(b))[0]
}

/** `["protect", "takeProfit", 0, "share"]` as `protect.takeProfit[0].share`. */
export function pathText(path: PropertyKey[]): string {
  return path
    .map((part, n) => (typeof part === "number" ? `[${part}]` : `${n === 0 ? "" : "."}${plainText(String(part))}`))
    .join("")
}

/** Our words in place of zod's. */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `this is missing; it takes ${kindName(issue.expected)}`
        : `this takes ${kindName(issue.expected)}, not ${shown(issue.input)}`
    case "invalid_value":
      return `${issue.input === undefined ? "this is missing" : `${shown(issue.input)} is not possible here`}; write ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin)}`
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin)}`
    case "invalid_union":
      return issue.note === "No matching discriminator" ? unknownKind(issue) : undefined
    default:
      return undefined
  }
}

function unknownKind(issue: z.core.$ZodRawIssue): string {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options : []
  return `write ${options.map((option) => JSON.stringify(option)).join(" or ")}`
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters"
  return origin === "array" ? " entries" : ""
}

const kindNames: Record<string, string> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list in [ ]",
  object: "an object in { }",
  record: "an object in { }",
}

function kindName(expected: string): string {
  return kindNames[expected] ?? expected
}

function shown(input: unknown): string {
  if (Array.isArray(input)) return "a list"
  if (typeof input === "object" && input !== null) return "an object"
  return typeof input === "string" ? quoted(input, 40) : plainText(input, 40)
}
