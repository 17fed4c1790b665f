import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isAverage, numberOperand, type Operand } from "./operand.ts"

const bandFunctions = new Set(["bbands", "keltner", "donchian"])

/** "The Ichimoku cloud" is the cloud. */
export function clouds(chunks: readonly Chunk[]): Chunk[] {
  return chunks.filter(
    (chunk, at) =>
      !(
        chunk.kind === "operand" &&
        chunk.operands[0].name === "ichimoku" &&
        !chunk.operands[0].output &&
        isWord(chunks[at + 1], "cloud")
      ),
  )
}

/** "The upper band", "the cloud", "its signal line": values of an indicator that was named elsewhere. */
export function namedLines(chunks: readonly Chunk[]): Chunk[] {
  let bands: Operand | undefined = firstCall(chunks, bandFunctions)
  let macd: Operand | undefined = firstCall(chunks, new Set(["macd"]))
  let stochastic: Operand | undefined = firstCall(chunks, stochastics)
  const pair = fastAndSlow(chunks)
  const hasAverage = chunks.some(
    (chunk) => chunk.kind === "operand" && chunk.operands.some((each) => isAverage(each) && each.hasLength),
  )
  const speaksOfBands =
    bands !== undefined ||
    chunks.some(
      (chunk) => isWord(chunk, "bands") || (isWord(chunk, "upper", "lower", "middle") && chunk.text.includes(" ")),
    )
  return chunks.map((chunk) => {
    if (chunk.kind === "operand") {
      bands = chunk.operands.find(({ name }) => bandFunctions.has(name)) ?? bands
      macd = chunk.operands.find(({ name }) => name === "macd") ?? macd
      stochastic =
        chunk.operands.find(({ name, output }) => stochastics.has(name) && output === undefined) ?? stochastic
    }
    if (chunk.kind === "operand") {
      const mean = bands && !hasAverage ? meanOf(chunk.operands, bands) : undefined
      return { ...chunk, operands: mean ?? chunk.operands.map((operand) => ofSameStochastic(operand, stochastic)) }
    }
    if (isWord(chunk, "fast", "slow") && pair.fast && pair.slow)
      return { ...chunk, kind: "operand" as const, operands: [isWord(chunk, "fast") ? pair.fast : pair.slow] }
    const letter = stochastic && /^[kd]$/.test(chunk.text) ? { ...stochastic, output: chunk.text } : undefined
    const line = letter ?? (chunk.kind === "word" ? lineOf(chunk.concept, { bands, macd, speaksOfBands }) : undefined)
    return line ? { ...chunk, kind: "operand" as const, operands: [line] } : chunk
  })
}

/** "Buy below the lower band, out at the mean": the average in the middle of the bands, where no other was named. */
function meanOf(operands: readonly Operand[], bands: Operand): Operand[] | undefined {
  const [only, ...more] = operands
  const isMean = only?.isAnyAverage && !only.hasLength && !only.timeframe && more.length === 0
  return isMean ? [{ ...bands, output: "middle" }] : undefined
}

const stochastics = new Set(["stoch", "stochf", "stochRsi"])

/** "%D" is that of the stochastic which was named. */
function ofSameStochastic(operand: Operand, stochastic: Operand | undefined): Operand {
  return operand.name === "stoch" && operand.output && stochastic ? { ...stochastic, output: operand.output } : operand
}

/** "Fast" and "slow": the shorter and the longer of two averages that were named together. */
function fastAndSlow(chunks: readonly Chunk[]): { fast?: Operand; slow?: Operand } {
  const pair = chunks.flatMap((chunk) =>
    chunk.kind === "operand" && chunk.operands.length > 1 && isAverage(chunk.operands[0]) ? chunk.operands : [],
  )
  const [fast, ...rest] = pair.toSorted((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0))
  return { fast, slow: rest.at(-1) }
}

type Named = { bands?: Operand; macd?: Operand; speaksOfBands: boolean }

function lineOf(concept: string, { bands, macd, speaksOfBands }: Named): Operand | undefined {
  if (concept === "zero") return numberOperand(0)
  if (concept === "cloud") return { name: "cloudTop", numbers: [] }
  if (concept === "conversion" || concept === "base") return { name: "ichimoku", numbers: [], output: concept }
  if (macd && (concept === "signal" || concept === "histogram")) return { ...macd, output: concept }
  if (concept === "histogram") return { name: "macd", numbers: [], output: concept }
  if (!speaksOfBands || (concept !== "upper" && concept !== "lower" && concept !== "middle")) return undefined
  const { name = "bbands", numbers = [], hasLength } = bands ?? {}
  return { name, numbers, output: concept, hasLength }
}

function firstCall(chunks: readonly Chunk[], names: ReadonlySet<string>): Operand | undefined {
  for (const chunk of chunks) {
    const found = chunk.kind === "operand" ? chunk.operands.find(({ name }) => names.has(name)) : undefined
    if (found) return found
  }
  return undefined
}
