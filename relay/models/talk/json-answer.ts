import { jsonrepair } from "jsonrepair"

/** The object a model meant, or why none can be read. */
export type JsonAnswer =
  /** `isCutOff`: it ended in the middle, and was closed. */
  { ok: true; value: Record<string, unknown>; isCutOff: boolean } | { ok: false; because: string }

/** Beyond this, mending what is broken costs more than asking again. */
const MOST_REPAIRED = 65_536

/** The object in a model's text: alone, fenced, in the middle of words, or broken. Of several the last whole one counts. */
export function jsonFrom(text: string): JsonAnswer {
  const found = [text, ...fencedIn(text), ...bracedIn(text).toReversed()]
    .map(parsed)
    .find((value) => value !== undefined)
  if (found !== undefined) return { ok: true, value: found, isCutOff: false }
  const from = text.indexOf("{")
  if (from === -1 || text.length > MOST_REPAIRED) return { ok: false, because: "there is no JSON object in the answer" }
  const mended = repaired(text.slice(from))
  return mended === undefined
    ? { ok: false, because: "the JSON of the answer is broken" }
    : { ok: true, value: mended, isCutOff: endsInside(text.slice(from)) }
}

function fencedIn(text: string): string[] {
  return [...text.matchAll(/```(?:json)?\s*([^]*?)```/gi)].map(([, inner]) => inner).toReversed()
}

/** Whether more braces were opened than closed, braces in quotes not counted. */
function endsInside(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, "")
  const count = (letters: RegExp) => bare.match(letters)?.length ?? 0
  return count(/[{[]/g) > count(/[}\]]/g)
}

/** Every outermost { … } of a text, braces in quotes not counted. */
function bracedIn(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (isQuoted) {
      if (letter === "\\") at++
      else if (letter === '"') isQuoted = false
    } else if (letter === '"' && depth > 0) isQuoted = true
    else if (letter === "{" && depth++ === 0) from = at
    else if (letter === "}" && depth > 0 && --depth === 0) found.push(text.slice(from, at + 1))
  }
  return found
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return objectOnly(JSON.parse(text))
  } catch {
    return undefined
  }
}

function repaired(text: string): Record<string, unknown> | undefined {
  try {
    return objectOnly(JSON.parse(jsonrepair(text)))
  } catch {
    return undefined
  }
}

/** Some models put the one object into a list. */
function objectOnly(value: unknown): Record<string, unknown> | undefined {
  const one: unknown = Array.isArray(value)
    ? value.findLast((each) => typeof each === "object" && each !== null)
    : value
  return typeof one === "object" && one !== null && !Array.isArray(one) ? (one as Record<string, unknown>) : undefined
}
