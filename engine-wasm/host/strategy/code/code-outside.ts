import { ONLY_CANDLEWRIGHT, withPlace, type CodeDiagnostic } from "./code-diagnostic.ts"

/** The part of the compiler's syntax tree we read. */
type SyntaxNode = {
  kind?: number
  range: { start: number; end: number }
  text?: unknown
  value?: unknown
  expression?: SyntaxNode
  property?: SyntaxNode
  path?: SyntaxNode | null
}

/** The compiler's parser after it has read every file. */
export type ParsedFiles = { sources: { normalizedPath: string; statements: SyntaxNode[] }[] }

/**
 * A strategy is alone with its candles: it imports candlewright and nothing else, uses neither clock nor chance, and
 * does not reach into memory. Code that does is refused at its place. (wasm-meter.ts checks the finished module once
 * more.)
 */
export function outsideProblems(source: string, { sources }: ParsedFiles): CodeDiagnostic[] {
  const own = sources.find(({ normalizedPath }) => normalizedPath === "strategy.ts")
  return Array.from(nodesOf(own?.statements ?? []), refusalOf).flatMap((refusal) =>
    refusal ? [withPlace(source, refusal.start, refusal.end, refusal.because)] : [],
  )
}

/** Every node of a tree with a place in the source, in order. */
function* nodesOf(roots: SyntaxNode[]): Generator<SyntaxNode> {
  const seen = new Set<object>()
  const waiting: unknown[] = roots.toReversed()
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== "object" || node === null || seen.has(node)) continue
    seen.add(node)
    if ("range" in node && "kind" in node) yield node as SyntaxNode
    for (const [key, child] of Object.entries(node).toReversed()) if (!aside.has(key)) waiting.push(child)
  }
}

const aside = new Set(["parent", "range", "source"])

type Refusal = { start: number; end: number; because: string }

function refusalOf({ range, text, path, expression, property }: SyntaxNode): Refusal | undefined {
  const refused = (because: string | undefined, at = range) =>
    because ? { start: at.start, end: at.end, because } : undefined
  if (typeof text === "string")
    return refused(refusedWords[text] ?? (/^__|^[if]\d+x\d+$/.test(text) ? inMemory : undefined))
  if (typeof path?.value === "string")
    return refused(path.value === "candlewright" ? undefined : ONLY_CANDLEWRIGHT, path.range)
  if (typeof expression?.text === "string" && typeof property?.text === "string")
    return refused(refusedProperty(expression.text, property.text))
  return undefined
}

function refusedProperty(object: string, property: string): string | undefined {
  if (object === "Math" && property === "random")
    return "There is no chance here: the same candles must give the same trades every time."
  if (object === "Date" && property === "now")
    return "There is no clock here; the time is the candle's: `candle.openTimeMs`."
  return /^([iuf](8|16|32|64)|[iu]size)$/.test(object) && /^(load|store)/.test(property) ? inMemory : undefined
}

const inMemory = "This reaches into memory, which a strategy may not; use fields, arrays and the indicators."
const nothingOutside = "A strategy is alone with its candles: nothing outside of it can be declared or called."
const journal = 'Write with `this.log("…")` instead.'

const refusedWords: Record<string, string | undefined> = Object.assign(Object.create(null), {
  external: nothingOutside,
  console: journal,
  trace: journal,
  process: nothingOutside,
  performance: "There is no clock here; the time is the candle's: `candle.openTimeMs`.",
  changetype: inMemory,
  unchecked: inMemory,
  unmanaged: inMemory,
  call_indirect: inMemory,
  memory: inMemory,
  heap: inMemory,
  atomic: inMemory,
  v128: inMemory,
})
