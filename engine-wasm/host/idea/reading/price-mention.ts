import type { Piece } from "../words/piece.ts"
import type { FoundChunk } from "./chunk.ts"
import { priceOperand } from "./operand.ts"

const prices: Partial<Record<Piece["concept"], string>> = {
  price: "close",
  close: "close",
  open: "open",
  high: "high",
  low: "low",
  volume: "volume",
}

/** A price of the candle, or its volume. */
export function priceAt(pieces: readonly Piece[], at: number): FoundChunk | undefined {
  const name = prices[pieces[at].concept]
  return name === undefined ? undefined : { chunk: { kind: "operand", operands: [priceOperand(name)] }, end: at + 1 }
}
