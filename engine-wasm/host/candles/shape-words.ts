import type * as z from "zod/mini"
import { plainText, quoted } from "./foreign-text.ts"

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
