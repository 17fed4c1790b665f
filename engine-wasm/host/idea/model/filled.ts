import { plainText, quotedCode } from "../../candles/foreign-text.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { closestName, didYouMean } from "../../strategy/formula/closest-name.ts"
import type { Filled, Shape } from "./shape.ts"

/** A value read by its shape, whole, with what was wrong with it; what was missing or null is empty. */
export type Reading<S extends Shape> = { value: Filled<S>; problems: StrategyProblem[] }

/** Reads a model's value. Small slips are mended: numbers in quotes, one thing for a list of it, "None" for none. */
export function filledFrom<const S extends Shape>(shape: S, value: unknown): Reading<S> {
  const problems: StrategyProblem[] = []
  return { value: read(shape, value, { path: "", problems }) as Filled<S>, problems }
}

type Place = { path: string; problems: StrategyProblem[] }

function read(shape: Shape, value: unknown, place: Place): unknown {
  if (value === undefined || value === null) return emptyOf(shape)
  switch (shape.kind) {
    case "text":
      return textFrom(shape, value, place)
    case "number":
      return numberFrom(shape, value, place)
    case "choice":
      return choiceFrom(shape, value, place)
    case "list":
      return listFrom(shape, value, place)
    case "object":
      return objectFrom(shape, value, place)
  }
}

/** Nothing, as a shape says it. */
export function emptyOf(shape: Shape): unknown {
  switch (shape.kind) {
    case "text":
      return ""
    case "number":
      return 0
    case "choice":
      return shape.of[0]
    case "list":
      return []
    case "object":
      return Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, emptyOf(field)]))
  }
}

function textFrom({ most }: Extract<Shape, { kind: "text" }>, value: unknown, place: Place): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  if (typeof value !== "string") return wrong(place, `this takes a text, not ${shown(value)}`, "")
  return value.length > most ? wrong(place, `at most ${most} characters are possible, not ${value.length}`, "") : value
}

function numberFrom({ isWhole }: Extract<Shape, { kind: "number" }>, value: unknown, place: Place): number {
  const number = typeof value === "string" ? numberIn(value) : value
  if (typeof number !== "number" || !Number.isFinite(number))
    return wrong(place, `this takes a number, not ${shown(value)}`, 0)
  // The document's own check says which numbers are possible.
  return isWhole && Math.abs(number - Math.round(number)) < 1e-9 ? Math.round(number) : number
}

/** "3", "3 %", "3.5%", "$20"; an empty text is 0. */
function numberIn(written: string): number {
  const plain = written.trim().replace(/^\$\s*|\s*%$/g, "")
  return plain === "" ? 0 : /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN
}

function choiceFrom({ of }: Extract<Shape, { kind: "choice" }>, value: unknown, place: Place): string {
  const written = typeof value === "string" ? value.trim() : value
  const found =
    of.find((each) => each === written) ??
    of.find((each) => typeof written === "string" && each.toLowerCase() === written.toLowerCase())
  if (found !== undefined) return found
  if (written === "") return of[0]
  const close = typeof written === "string" ? didYouMean(written, of) : ""
  return wrong(place, `${shown(value)} is not possible here${close || `; write one of ${of.join(", ")}`}`, of[0])
}

function listFrom(shape: Extract<Shape, { kind: "list" }>, value: unknown, place: Place): unknown[] {
  const isNothing = typeof value === "string" && /^\s*(none|null)?\s*$/i.test(value)
  const items: unknown[] = Array.isArray(value) ? value : isNothing ? [] : [value]
  if (items.length > shape.most) return wrong(place, `at most ${shape.most} are possible here, not ${items.length}`, [])
  return items.map((item, n) => read(shape.of, item, { ...place, path: `${place.path}[${n}]` }))
}

function objectFrom({ fields }: Extract<Shape, { kind: "object" }>, value: unknown, place: Place): unknown {
  if (typeof value !== "object" || Array.isArray(value))
    return wrong(place, `this takes an object in { }, not ${shown(value)}`, emptyOf({ kind: "object", fields }))
  const names = Object.keys(fields)
  const pathOf = (name: string) => (place.path === "" ? name : `${place.path}.${name}`)
  for (const name of Object.keys(value as object)) {
    if (names.includes(name)) continue
    const close = closestName(name, names)
    const known = close === undefined ? `the fields are ${names.join(", ")}` : `did you mean ${quotedCode(close)}?`
    place.problems.push({
      path: pathOf(plainText(name, 40)),
      because: `${quotedCode(name, 40)} is not a field here; ${known}`,
    })
  }
  const given = value as Record<string, unknown>
  const read_ = names.map((name) => {
    const own = Object.hasOwn(given, name) ? given[name] : undefined
    return [name, read(fields[name], own, { ...place, path: pathOf(name) })]
  })
  return Object.fromEntries(read_)
}

function wrong<Value>({ path, problems }: Place, because: string, instead: Value): Value {
  problems.push({ path, because })
  return instead
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list"
  return typeof value === "object" ? "an object" : quotedCode(value, 40)
}
