import { isWord, nextMeaning, lastMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { isAverage, isChannel, isPrice, type Operand, priceOperand } from "./operand.ts"

/** "Buy and hold for 6 hours" buys, and holds that long; without a time it is for ever. */
export function holdings(chunks: readonly Chunk[]): Chunk[] {
  return chunks.flatMap((chunk, at): Chunk[] => {
    const isBrief =
      isWord(chunk, "buyAndHold") &&
      /buy|compr|kauf|ach[eè]t|买/.test(chunk.text) &&
      isWord(chunks[at + 1], "for", "until", "most")
    if (!isBrief) return [chunk]
    return [
      { ...chunk, kind: "word", concept: "buy" },
      { ...chunk, kind: "word", concept: "hold" },
    ]
  })
}

/** "If BTC gains 3 % in an hour" is what the price does; "out with 3 % gain" what the trade makes. */
export function gains(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const isOfPrice =
      isWord(chunk, "win") &&
      /^(gains|gained)$/.test(chunk.text) &&
      (chunks[at - 1]?.kind === "market" || isPriceChunk(chunks[at - 1]))
    return isOfPrice ? { ...chunk, kind: "word" as const, concept: "up" as const } : chunk
  })
}

function isPriceChunk(chunk: Chunk | undefined): boolean {
  return isWord(chunk, "price", "it") || (chunk?.kind === "operand" && chunk.operands.every(isPrice))
}

/** "Exit when it loses VWAP", "loses the 50 EMA": the price falls below it. */
export function lostLines(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const line = chunks[nextMeaning(chunks, at + 1)]
    const isLine = line?.kind === "operand" && line.operands.every((each) => !isPrice(each) && each.name !== "number")
    return isWord(chunk, "lose") && chunk.text.startsWith("los") && isLine
      ? { ...chunk, kind: "word" as const, concept: "crossDown" as const }
      : chunk
  })
}

/** "Tous les jours à 8h", "às 8h": a time of day, no chart of so many hours. */
export function clockHours(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const before = chunks[at - 1]
    const isAt = isWord(before, "at", "to", "on") && /^(a|as|a las|um)$/.test(before.text)
    if (chunk.kind !== "timeframe" || chunk.isChart || !isAt || !/^\d+ ?h$/.test(chunk.text)) return chunk
    const { from, to, text, minutes } = chunk
    return { kind: "amount" as const, unit: "clock" as const, value: minutes / 60, from, to, text }
  })
}

/** "Don't buy unless …", "no compres a menos que …": only if. */
export function doubleRefusals(chunks: readonly Chunk[]): Chunk[] {
  const changed = [...chunks]
  chunks.forEach((chunk, at) => {
    if (at === 0 || !isWord(chunk, "unless") || !saidUnless.test(chunk.text)) return
    let place = at - 1
    while (
      isWord(chunks[place], "filler", "not", "buy", "trade") ||
      chunks[place]?.kind === "market" ||
      chunks[place]?.text === ","
    )
      place--
    const said = chunks.slice(isWord(chunks[place], "unless") ? place : place + 1, at)
    const isRefused = said.some((each) => isWord(each, "not", "unless"))
    const isOfBuying = said.some((each) => isWord(each, "buy", "trade") || refusedBuying.test(each.text))
    if (!isRefused || !isOfBuying) return
    for (const each of said)
      if (isWord(each, "not", "unless", "buy", "trade"))
        changed[changed.indexOf(each)] = { ...each, kind: "word", concept: "filler" }
    changed[at] = { ...chunk, kind: "word", concept: "only", text: "only buy if" }
  })
  return changed
}

const saidUnless =
  /^(unless|except.*|ausser|es sei denn|excepto|salvo|a menos que|sauf|sauf si|a moins que|a nao ser que|除非)$/
const refusedBuying = /buy|enter|trad|kauf|handel|compr|oper|entr|achet|买|交 易/

const MOST_CLOSES = 20

/** "Two closes above the average": so many candles in a row, no price of two. */
export function countedCloses(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const next = chunks[at + 1]
    const isCount =
      chunk.kind === "amount" && chunk.unit === "plain" && Number.isInteger(chunk.value) && chunk.value <= MOST_CLOSES
    const isClose = next?.kind === "operand" && next.operands.every(({ name }) => name === "close")
    return isCount && isClose && isWord(chunks[nextMeaning(chunks, at + 2)], "above", "below")
      ? { ...chunk, unit: "candles" as const, isOfCloses: true }
      : chunk
  })
}

/** "Soit A soit B" is either of them; one "soit" is only a verb. */
export function eithers(chunks: readonly Chunk[]): Chunk[] {
  const places = chunks.flatMap((chunk, at) => (chunk.text === "soit" && isWord(chunk, "filler") ? [at] : []))
  if (places.length < 2) return [...chunks]
  return chunks.map((chunk, at) =>
    places.includes(at)
      ? { ...chunk, kind: "word" as const, concept: "or" as const, text: at === places[0] ? "soit" : "ou" }
      : chunk,
  )
}

/** "The entry candle's low": the candle on which it is bought, no deed of its own, and no low of many candles. */
export function signalCandles(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const near = [chunks[at - 1], chunks[nextMeaning(chunks, at + 1)], chunks[at - 2]]
    const isOfEntry = isWord(chunk, "buy", "signal") && entryWord.test(chunk.text)
    if (isOfEntry && (near.some((each) => isWord(each, "candle")) || chunk.text.endsWith("kerze")))
      return { ...chunk, kind: "word" as const, concept: "filler" as const }
    const low = chunk.kind === "operand" && isOfSignal(chunks, at) ? ownExtreme(chunk.operands) : undefined
    return low ? { ...chunk, kind: "operand" as const, operands: [low] } : chunk
  })
}

const entryWord = /^(entry|entrada|entree|einstieg|signal|buy)/

/** "… de la vela de entrada", "… der Signalkerze". */
function isOfSignal(chunks: readonly Chunk[], at: number): boolean {
  const after = chunks.slice(at + 1, at + 8)
  const mark = after.findIndex(({ kind }) => kind === "mark")
  const text = after
    .slice(0, mark < 0 ? undefined : mark)
    .map((each) => each.text)
    .join(" ")
  return /candle|kerze|vela|bougie|\bbar\b/.test(text) && /entry|entrada|entree|einstieg|signal/.test(text)
}

function ownExtreme([{ name, hasLength }]: readonly Operand[]): Operand | undefined {
  if (hasLength || (name !== "lowest" && name !== "highest")) return undefined
  return priceOperand(name === "lowest" ? "low" : "high")
}

/** Verbs that close a candle or a position alike. */
const closingVerbs = new Set(
  "close cierra cerrar cierre ferme fermer fecha fechar feche schliesse schliessen schliess chiudi chiude sluit zamknij".split(
    " ",
  ),
)

const afterClosing = ["when", "after", "at", "it", "position", "all", "on", "not"]

/** "…, close when RSI is above 70" is what is done, "the price closes below" what the price does: one verb for both. */
export function closings(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (!closingVerbs.has(chunk.text)) return chunk
    const before = chunks[lastMeaning(chunks, at - 1)]
    const isFirst = before === undefined || before.kind === "mark" || isWord(before, "and", "or", "next")
    if (chunk.kind === "operand" && isFirst && isClosed(chunks, at + 1))
      return { ...chunk, kind: "word" as const, concept: "exit" as const }
    return isWord(chunk, "exit") && isClosing(before) && isWord(chunks[nextMeaning(chunks, at + 1)], ...sides)
      ? { ...chunk, kind: "operand" as const, operands: [priceOperand("close")] }
      : chunk
  })
}

const sides = ["above", "below", "crossUp", "crossDown", "cross", "positive", "negative", "green", "red", "up", "down"]

/** What closes at each candle: the price, a market, the candle. */
function isClosing(chunk: Chunk | undefined): boolean {
  return (
    chunk?.kind === "market" ||
    isWord(chunk, "candle", "price", "it", "when") ||
    (chunk?.kind === "operand" && chunk.operands.every(isPrice))
  )
}

function isClosed(chunks: readonly Chunk[], at: number): boolean {
  const next = chunks[nextMeaning(chunks, at)]
  return next?.kind === "market" || isWord(chunks[at], ...afterClosing) || isWord(next, "position", "long", "short")
}

/** "Max 2 open positions": positions that are open, neither an order to open one nor the candle's opening price. */
export function openPositions(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const before = chunks[at - 1]
    const isPrice = chunk.kind === "operand" && chunk.operands.every(({ name }) => name === "open")
    if (isPrice && isWord(chunks[at + 1], "position"))
      return { ...chunk, kind: "word" as const, concept: "filler" as const }
    if (before?.kind !== "amount" || before.unit !== "plain") return chunk
    if (isWord(chunk, "buy") && /^open (position|trade|deal)s?$/.test(chunk.text))
      return { ...chunk, kind: "word" as const, concept: "position" as const }
    const isOpen = chunk.kind === "operand" && chunk.operands.every(({ name }) => name === "open")
    return isOpen && isWord(chunks[at + 1], "position", "trade", "long", "short")
      ? { ...chunk, kind: "word" as const, concept: "filler" as const }
      : chunk
  })
}

/** "Recompra en 40": where, as "at" is. */
export function levelsOn(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const next = chunks[at + 1]
    const isLevel = next?.kind === "amount" && next.unit === "plain" && !next.list
    return isWord(chunk, "on") && isLevel && isWord(chunks[at - 1], "buy", "sell", "exit", "cover", "short")
      ? { ...chunk, kind: "word" as const, concept: "at" as const }
      : chunk
  })
}

/** "TP at the middle band", "target the 200 EMA": out where the price reaches a line. */
export function targetsAtLines(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    let place = at + 1
    while (isWord(chunks[place], "filler", "of", "at", "on")) place++
    const line = isWord(chunk, "target") ? chunks[place] : undefined
    const isLine =
      line?.kind === "operand" &&
      line.operands.length === 1 &&
      (isAverage(line.operands[0]) || (isChannel(line.operands[0]) && line.operands[0].output !== undefined))
    return isLine ? { ...chunk, kind: "word" as const, concept: "exit" as const } : chunk
  })
}

/** "Crosses back above 30" is a crossing; "crosses back" alone is the opposite of the entry. */
export function turnings(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) =>
    isWord(chunk, "opposite") && isWord(chunks[at + 1], "above", "below", "crossUp", "crossDown")
      ? { ...chunk, kind: "word" as const, concept: "cross" as const }
      : chunk,
  )
}

/** "Never lose more than …" bounds a loss; "never lose" alone asks for a sure thing. */
export function boundedLosses(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const isBounded =
      isWord(chunk, "guarantee") && chunks.slice(at + 1, at + 4).some((each) => isWord(each, "above", "most"))
    return isBounded ? { ...chunk, kind: "word" as const, concept: "lose" as const } : chunk
  })
}
