import type * as z from "zod/mini"
import { valueFromObject } from "./json-place.ts"
import { modelLimits } from "../model/forecast-model.ts"
import { documentLimits, strategySchema, type WrittenStrategy } from "./strategy-document.ts"

/**
 * A document that has the shape of a strategy, as it was written: every editor can show it, though a formula or a
 * number in it may be half typed. Undefined where it is anything else.
 */
export function unfinishedStrategy(input: unknown): WrittenStrategy | undefined {
  const read = valueFromObject(input)
  if (!read.ok || JSON.stringify(read.value ?? null).length > MOST_CHARACTERS) return undefined
  const checked = strategySchema.safeParse(read.value)
  const isHeld = checked.success || checked.error.issues.every((issue) => issue.path[0] !== "name" && isOfValue(issue))
  return isHeld ? (read.value as WrittenStrategy) : undefined
}

const MOST_CHARACTERS = documentLimits.textCharacters + documentLimits.codeCharacters + modelLimits.characters

/** Issues with what is written at a place, not with the kind of thing that stands there. */
const ofValue = new Set<z.core.$ZodIssue["code"]>(["too_small", "too_big", "invalid_format", "custom"])

function isOfValue(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.some((branch) => branch.every(isOfValue))
  return ofValue.has(issue.code)
}
