import { z } from "@hono/zod-openapi"
import { quoted } from "#engine/candles"

/** So many unknown fields are named. */
const MOST_KEYS = 5

type Issue = z.core.$ZodRawIssue

/** From here on, where a schema says nothing of its own, a refusal reads like `issueWords`, after the name of the place. */
export function speakPlainly(): void {
  // Called, not a statement of this file: a bundle leaves out what nobody calls.
  z.config({ customError: issueWords })
}

/** What is wrong with a value of a request, in plain words with an example. */
export function issueWords(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? `it is missing; ${kindWords(issue.expected)}` : kindWords(issue.expected)
    case "too_small":
      return sizeWords(issue.origin, "at least", issue.minimum)
    case "too_big":
      return sizeWords(issue.origin, "at most", issue.maximum)
    case "unrecognized_keys":
      return `there is no field ${issue.keys
        .slice(0, MOST_KEYS)
        .map((key) => quoted(key))
        .join(" or ")} here; leave it out, or look at its spelling`
    case "invalid_value":
      return `${issue.input === undefined ? "it is missing; " : ""}it is ${oneOfWords(issue.values)}`
    case "invalid_union":
      return `${issue.input === undefined ? "it is missing; " : ""}${formWords(issue)}`
    case "invalid_format":
      return "it is not written in the form that is taken here"
    case "not_multiple_of":
      return `it is a multiple of ${issue.divisor}`
    default:
      return "it is not taken here"
  }
}

const kinds: Record<string, string> = {
  string: 'it is a text in quotation marks, such as "abc"',
  number: "it is a number without quotation marks, such as 5",
  int: "it is a whole number without quotation marks, such as 5",
  boolean: "it is true or false, without quotation marks",
  array: 'it is a list, such as ["abc"]',
  object: 'it is an object, such as {"name": "abc"}',
  record: 'it is an object, such as {"name": "abc"}',
}

function kindWords(expected: string): string {
  return kinds[expected] ?? `it is of the kind ${expected}`
}

const parts: Record<string, [one: string, more: string]> = {
  string: ["letter", "letters"],
  array: ["item", "items"],
  object: ["field", "fields"],
}

/** What may stand here: the names of the forms where a field tells them apart, else what each form is. */
function formWords({ options, errors }: Extract<Issue, { code: "invalid_union" }>): string {
  if (Array.isArray(options)) return `it is ${oneOfWords(options)}`
  const forms = errors.flatMap(([first]) =>
    first?.path.length === 0 ? [first.message.replace(/^it is missing; /, "")] : [],
  )
  return forms.length === 0 ? "it has none of the forms that are taken here" : [...new Set(forms)].join(", or ")
}

function sizeWords(origin: string, bound: string, size: number | bigint): string {
  const names = Object.hasOwn(parts, origin) ? parts[origin] : undefined
  return names ? `it has ${bound} ${size} ${names[Number(size) === 1 ? 0 : 1]}` : `it is ${bound} ${size}`
}

function oneOfWords(values: readonly unknown[]): string {
  const all = values.map((value) => JSON.stringify(value) ?? String(value))
  return all.length === 1 ? all[0] : `one of ${all.join(", ")}`
}
