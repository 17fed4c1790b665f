import { modelLimits } from "../model/forecast-model.ts"
import { documentLimits } from "./strategy-document.ts"
import { allowedKey, JsonReader, JsonRefused } from "./json-reader.ts"
import { pathText, type StrategyProblem } from "./strategy-document-problems.ts"

type Read = { ok: true; value: unknown } | { ok: false; problem: StrategyProblem }

/**
 * The value of a JSON text (RFC 8259), or the first error: line from 1, character from 0. Also refuses a duplicate
 * key.
 */
export function valueFromJson(text: string): Read {
  const most = documentLimits.textCharacters + documentLimits.codeCharacters + modelLimits.characters
  if (text.length > most)
    return {
      ok: false,
      problem: { path: "", because: `the text is too long: ${text.length} characters, at most ${most}` },
    }
  return refusedIn(text, () => new JsonReader(text.replace(/^\uFEFF/, " ")).whole())
}

/** An already parsed value, copied as plain data; refuses what JSON cannot express. */
export function valueFromObject(input: unknown): Read {
  return refusedIn("", () => plainCopy(input, []))
}

function refusedIn(text: string, read: () => unknown): Read {
  try {
    return { ok: true, value: read() }
  } catch (refusal) {
    if (!(refusal instanceof JsonRefused)) throw refusal
    return { ok: false, problem: problemAt(text, refusal) }
  }
}

function problemAt(text: string, { message, place: { character, path = [] } }: JsonRefused): StrategyProblem {
  if (character === undefined) return { path: pathText(path), because: message }
  const line = text.slice(0, character).split("\n").length
  const column = character - text.lastIndexOf("\n", character - 1)
  return { path: pathText(path), because: `line ${line}, character ${column}: ${message}`, character, line }
}

function plainCopy(value: unknown, path: PropertyKey[]): unknown {
  if (path.length > documentLimits.depth)
    throw new JsonRefused(`nested more than ${documentLimits.depth} deep`, { path })
  if (typeof value === "number" && !Number.isFinite(value)) throw new JsonRefused("this number is not finite", { path })
  if (["bigint", "symbol", "function"].includes(typeof value))
    throw new JsonRefused(`a ${typeof value} cannot be written as JSON`, { path })
  if (Array.isArray(value)) return shortList(value, path).map((item, n) => plainCopy(item, [...path, n]))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.keys(value).map((key) => [
      allowedKey(key, { path }),
      plainCopy((value as Record<string, unknown>)[key], [...path, key]),
    ]),
  )
}

function shortList(list: unknown[], path: PropertyKey[]): unknown[] {
  if (list.length > MOST_ENTRIES) throw new JsonRefused(`a list of ${list.length} entries is too long`, { path })
  return list
}

const MOST_ENTRIES = 1_000
