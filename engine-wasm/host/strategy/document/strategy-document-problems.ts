import type * as z from "zod/mini"
import { plainText } from "../../candles/foreign-text.ts"

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
