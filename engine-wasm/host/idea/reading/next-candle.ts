import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

const nextWord =
  /next|nachst|siguiente|seguinte|suivant|proxim|prochain|lendemain|tomorrow|demain|amanha|manana|^morgen$|明天|第二天|次日|下一/
const units: [RegExp, number | "candle"][] = [
  [/candle|bar|kerze|vela|bougie|根/, "candle"],
  [/week|woche|semana|semaine|周/, 10_080],
  [/hour|stunde|hora|heure|小时/, 60],
]
const DAY_MINUTES = 1_440
const leaving = ["sell", "exit", "cover"]

/** "Sell the next day", "out on the next candle", "am nächsten Tag verkaufen": how long is held, no look ahead. */
export function nextCandles(chunks: readonly Chunk[]): Chunk[] {
  const changed: Chunk[] = []
  for (let at = 0; at < chunks.length;) {
    const count = [2, 1].find((each) => isNext(chunks.slice(at, at + each)) && isOfExit(chunks, [at, at + each]))
    changed.push(count ? spanOf(chunks.slice(at, at + count)) : chunks[at])
    at += count ?? 1
  }
  return changed
}

function textOf(chunks: readonly Chunk[]): string {
  return chunks
    .map(({ text }) => text)
    .join(" ")
    .replace(/(?<=\p{sc=Han}) (?=\p{sc=Han})/gu, "")
}

/** One chunk that says all of it, or the word for "next" beside its unit. */
function isNext(chunks: readonly Chunk[]): boolean {
  const text = textOf(chunks)
  if (!nextWord.test(text) || chunks.some(({ kind }) => kind === "mark" || kind === "operand")) return false
  const isWhole =
    chunks.length === 1 && (isWord(chunks[0], "future") || /lendemain|明天|次日|candle|bar|下一/.test(text))
  const isPair =
    chunks.length === 2 && /day|tag|dia|jour|天|candle|bar|kerze|vela|bougie|week|woche|semana|hour/.test(text)
  return isWhole || isPair || /第.*二天$/.test(text)
}

/** The deed beside it is to leave. */
function isOfExit(chunks: readonly Chunk[], [from, to]: [number, number]): boolean {
  let before = from - 1
  const isPrice = (chunk: Chunk | undefined) =>
    chunk?.kind === "operand" && chunk.operands.every(({ name }) => name === "close" || name === "open")
  while (
    isWord(chunks[before], "filler", "on", "at", "after", "of", "it", "position", "not") ||
    isPrice(chunks[before])
  )
    before--
  return isWord(chunks[before], ...leaving) || isWord(chunks[to], ...leaving)
}

function spanOf(chunks: readonly Chunk[]): Chunk {
  const text = textOf(chunks)
  const unit = units.find(([pattern]) => pattern.test(text))?.[1] ?? DAY_MINUTES
  const place = { from: chunks[0].from, to: chunks.at(-1)!.to, text, isNext: true }
  return unit === "candle"
    ? { ...place, kind: "amount", unit: "candles", value: 1 }
    : { ...place, kind: "amount", unit: "minutes", value: unit, unitMinutes: unit }
}
