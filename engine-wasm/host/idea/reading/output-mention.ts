import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"
import { numberAt } from "./number-words.ts"
import type { Piece } from "../words/piece.ts"

/** What words the outputs of functions are called by. */
const outputWords: Partial<Record<Piece["concept"], string[]>> = {
  upper: ["upper"],
  lower: ["lower"],
  middle: ["middle"],
  width: ["width"],
  signal: ["signal"],
  histogram: ["histogram"],
  line: ["line"],
  conversion: ["conversion"],
  base: ["base"],
  cloud: ["cloud"],
  up: ["up"],
  down: ["down"],
}

/** "Upper Bollinger band": an output named before its function. */
export function outputBefore(pieces: readonly Piece[], at: number): { output: string; end: number } | undefined {
  const first = pieces[at]
  const output = first && outputWords[first.concept]?.[0]
  if (output === undefined || output === "up" || output === "down" || output === "line") return undefined
  for (let place = at + 1; place <= at + 3; place++) {
    const piece = pieces[place]
    if (piece?.concept === "function" && functionCatalogue.get(piece.detail!)?.outputs.includes(output))
      return { output, end: place }
    const number = piece && numberAt(pieces, place)
    if (number && pieces[number.end]?.concept === "function")
      return functionCatalogue.get(pieces[number.end].detail!)?.outputs.includes(output)
        ? { output, end: place }
        : undefined
    if (!piece || !["filler", "of", "bands", "line"].includes(piece.concept)) return undefined
  }
  return undefined
}

const joints = new Set<Piece["concept"]>(["filler", "bands", "of"])

/** "Bollinger lower band", "MACD histogram", "stochastic %K": an output named after its function. */
export function outputAfter(
  pieces: readonly Piece[],
  at: number,
  name: string,
): { output?: string; end: number } | undefined {
  const outputs = functionCatalogue.get(name)?.outputs ?? []
  let place = at
  while (pieces[place] && joints.has(pieces[place].concept) && place < at + 3) place++
  const piece = pieces[place]
  if (!piece || outputs.length === 0) return skippedBands(pieces, at)
  const letter = /^%? ?([kd])$/.exec(piece.text)?.[1]
  const output =
    outputWords[piece.concept]?.find((each) => outputs.includes(each)) ?? channelEdge(name, piece.concept) ?? letter
  const isOutput = output !== undefined && outputs.includes(output)
  const isLast = isOutput && (piece.concept !== "up" && piece.concept !== "down" ? true : name === "aroon")
  if (!isLast) return skippedBands(pieces, at)
  return { output, end: skippedBands(pieces, place + 1)?.end ?? place + 1 }
}

/** "Donchian 10 low": the highest high and the lowest low are the channel's edges. */
function channelEdge(name: string, concept: Piece["concept"]): string | undefined {
  if (name !== "donchian") return undefined
  if (concept === "high" || concept === "highest") return "upper"
  return concept === "low" || concept === "lowest" ? "lower" : undefined
}

/** The word "band" or "line" that follows a name says nothing more. */
function skippedBands(pieces: readonly Piece[], at: number): { end: number } | undefined {
  const concept = pieces[at]?.concept
  return concept === "bands" || concept === "line" ? { end: at + 1 } : undefined
}
