import { type Amount, unitMinutes } from "./amount.ts"
import type { Chunk } from "./chunk.ts"
import { isAverage, isPrice, numberOperand, type Operand, priceOperand } from "./operand.ts"

/** Chunks that only mean something together become one: ranges, lines of an indicator, values on a timeframe. */
export function joinedChunks(chunks: readonly Chunk[]): Chunk[] {
  const words = sharesOfAverages(turnings(boundedLosses(closings(waits(singleUnits(chunks))))))
  return onTimeframes(deviations(sameAverages(namedLines(ranges(words)))))
}

const isWord = (chunk: Chunk | undefined, ...concepts: string[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)

/** The next chunk that is no filler. */
function nextMeaning(chunks: readonly Chunk[], at: number): number {
  let place = at
  while (isWord(chunks[place], "filler", "of")) place++
  return place
}

/** "After a day", "an hour later": one of the unit. */
function singleUnits(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "word") return chunk
    const minutes =
      chunk.concept === "perDay" && /^(a|an|one|single) day$/.test(chunk.text)
        ? unitMinutes.day
        : unitMinutes[chunk.concept]
    const isOne = isWord(chunks[at + 1], "after") || isWord(chunks[lastMeaning(chunks, at - 1)], "after")
    if (minutes === undefined || !isOne) return chunk
    return { ...chunk, kind: "amount" as const, unit: "minutes" as const, value: minutes, unitMinutes: minutes }
  })
}

/** "Close after 6h": a length of time, not the chart. */
function waits(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    if (chunk.kind !== "timeframe" || chunk.isAdjective || chunk.isChart || !isWord(chunks[at - 1], "after"))
      return chunk
    const before = chunks[lastMeaning(chunks, at - 2)]
    const isLeft =
      isWord(before, "exit", "sell", "cover", "hold", "position", "trade", "it") || before?.text === "close"
    if (!isLeft) return chunk
    const { from, to, text, minutes } = chunk
    return { kind: "amount" as const, unit: "minutes" as const, value: minutes, unitMinutes: 60, from, to, text }
  })
}

/** The last chunk before that is no filler. */
function lastMeaning(chunks: readonly Chunk[], at: number): number {
  let place = at
  while (isWord(chunks[place], "filler")) place--
  return place
}

/** Verbs that close a candle or a position alike. */
const closingVerbs = new Set(
  "close cierra cerrar cierre ferme fermer fecha fechar feche schliesse schliessen schliess chiudi chiude sluit zamknij".split(
    " ",
  ),
)

const afterClosing = ["when", "after", "at", "it", "position", "all", "on", "not"]

/** "…, close when RSI is above 70" is what is done, "the price closes below" what the price does: one verb for both. */
function closings(chunks: readonly Chunk[]): Chunk[] {
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
    isWord(chunk, "candle", "price", "it") ||
    (chunk?.kind === "operand" && chunk.operands.every(isPrice))
  )
}

function isClosed(chunks: readonly Chunk[], at: number): boolean {
  const next = chunks[nextMeaning(chunks, at)]
  return next?.kind === "market" || isWord(chunks[at], ...afterClosing) || isWord(next, "position", "long", "short")
}

/** "Crosses back above 30" is a crossing; "crosses back" alone is the opposite of the entry. */
function turnings(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) =>
    isWord(chunk, "opposite") && isWord(chunks[at + 1], "above", "below", "crossUp", "crossDown")
      ? { ...chunk, kind: "word" as const, concept: "cross" as const }
      : chunk,
  )
}

/** "Two standard deviations below the 20 average" is the lower Bollinger band. */
function deviations(chunks: readonly Chunk[]): Chunk[] {
  const changed = chunks.map((chunk) => ({ ...chunk }))
  changed.forEach((chunk, at) => {
    if (!isWord(chunk, "deviation")) return
    const width = changed[at - 1]
    const average = changed.slice(at + 1, at + 6).find(({ kind }) => kind === "operand")
    const way = changed.slice(at + 1, at + 6).find((each) => isWord(each, "below", "above"))
    if (width?.kind !== "amount" || average?.kind !== "operand" || !isAverage(average.operands[0]) || !way) return
    const output = isWord(way, "below") ? "lower" : "upper"
    average.operands = [
      { name: "bbands", numbers: [average.operands[0].numbers[0] ?? 20, width.value], output, hasLength: true },
    ]
    const more = changed[at - 2]
    for (const each of [chunk, width, ...(isWord(more, "above", "below") ? [more] : [])]) each.isUsed = true
  })
  return changed
}

/** "150 % of its 20 day average" is one and a half times it. */
function sharesOfAverages(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const next = chunks[nextMeaning(chunks, at + 1)]
    const isOf = isWord(chunks[at + 1], "of")
    if (chunk.kind !== "amount" || chunk.unit !== "percent" || !isOf || next?.kind !== "operand") return chunk
    return isAverage(next.operands[0]) ? { ...chunk, unit: "times" as const, value: chunk.value / 100 } : chunk
  })
}

/** "… below the 20 EMA, sell at the EMA": the same one. */
function sameAverages(chunks: readonly Chunk[]): Chunk[] {
  const named = new Map<string, Operand>()
  let before: Operand | undefined
  return chunks.map((chunk) => {
    if (chunk.kind !== "operand") return chunk
    // "Volume above its average": that of the volume.
    const isOfVolume = before?.name === "volume"
    before = chunk.operands.at(-1)
    if (isOfVolume) return chunk
    for (const operand of chunk.operands)
      if (isAverage(operand) && operand.hasLength && !operand.source) named.set(operand.name, operand)
    const same = (operand: Operand) =>
      operand.isAnyAverage ? ([...named.values()].at(-1) ?? named.get(operand.name)) : named.get(operand.name)
    const operands = chunk.operands.map((operand) => {
      const said = isAverage(operand) && !operand.hasLength && !operand.source ? same(operand) : undefined
      return said
        ? { ...operand, name: said.name, numbers: said.numbers, unitMinutes: said.unitMinutes, hasLength: true }
        : operand
    })
    return { ...chunk, operands }
  })
}

/** "Never lose more than …" bounds a loss; "never lose" alone asks for a sure thing. */
function boundedLosses(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const isBounded =
      isWord(chunk, "guarantee") && chunks.slice(at + 1, at + 4).some((each) => isWord(each, "above", "most"))
    return isBounded ? { ...chunk, kind: "word" as const, concept: "lose" as const } : chunk
  })
}

function ranges(chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = []
  const isGrid = chunks.some((chunk) => isWord(chunk, "grid"))
  for (let at = 0; at < chunks.length;) {
    const range = rangeAt(chunks, at) ?? (isGrid ? gridRangeAt(chunks, at) : undefined)
    joined.push(range?.chunk ?? chunks[at])
    at = range?.end ?? at + 1
  }
  return joined
}

/** "Grid SOL 120 to 180", "网格 2000到3000": the prices of a grid need no word before them. */
function gridRangeAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  const [low, joint, high] = chunks.slice(at, at + 3)
  const isPrice = (chunk: Chunk | undefined): chunk is Chunk & Amount =>
    chunk?.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")
  if (!isPrice(low)) return undefined
  const [one, other] = low.list ?? []
  if (low.list?.length === 2)
    return joinedRange(
      chunks,
      [at, at + 1],
      [
        { ...low, value: one },
        { ...low, value: other },
      ],
    )
  const isJoint = isWord(joint, "to", "until", "at") || joint?.text === "-"
  return isJoint && isPrice(high) ? joinedRange(chunks, [at, at + 3], [low, high]) : undefined
}

/** "Between 30 and 70", "from 8 to 16", and two numbers joined by a hyphen after "between". */
function rangeAt(chunks: readonly Chunk[], at: number): { chunk: Chunk; end: number } | undefined {
  if (!isWord(chunks[at], "between", "from")) return undefined
  const first = nextMeaning(chunks, at + 1)
  const low = chunks[first]
  if (low?.kind !== "amount") return undefined
  const joint = nextMeaning(chunks, clockEnd(chunks, first + 1))
  const isJoint = isWord(chunks[joint], "and", "to", "until", "at")
  const second = isJoint ? nextMeaning(chunks, joint + 1) : -1
  const high = chunks[second]
  if (high?.kind === "amount")
    return joinedRange(
      chunks,
      [at, clockEnd(chunks, second + 1)],
      [clock(chunks, first, low), clock(chunks, second, high)],
    )
  if (low.list?.length === 2)
    return joinedRange(
      chunks,
      [at, first + 1],
      [
        { ...low, value: low.list[0] },
        { ...low, value: low.list[1] },
      ],
    )
  return undefined
}

function joinedRange(chunks: readonly Chunk[], [from, end]: [number, number], [low, high]: [Amount, Amount]) {
  const last = chunks[end - 1]
  const text = chunks
    .slice(from, end)
    .map((each) => each.text)
    .join(" ")
  return { chunk: { kind: "range" as const, low, high, from: chunks[from].from, to: last.to, text }, end }
}

/** "9 am" is 9, "5 pm" 17. */
function clock(chunks: readonly Chunk[], at: number, amount: Amount): Amount {
  if (isWord(chunks[at + 1], "pm")) return { ...amount, value: (amount.value % 12) + 12 }
  return isWord(chunks[at + 1], "am") ? { ...amount, value: amount.value % 12 } : amount
}

function clockEnd(chunks: readonly Chunk[], at: number): number {
  return isWord(chunks[at], "am", "pm") ? at + 1 : at
}

const bandFunctions = new Set(["bbands", "keltner", "donchian"])

/** "The upper band", "the cloud", "its signal line": values of an indicator that was named elsewhere. */
function namedLines(chunks: readonly Chunk[]): Chunk[] {
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

/** "The daily 50 EMA", "RSI on the 4h": the value is that timeframe's. */
function onTimeframes(chunks: readonly Chunk[]): Chunk[] {
  const joined = chunks.map((chunk) => ({ ...chunk }))
  joined.forEach((chunk, at) => {
    if (chunk.kind !== "operand") return
    const place = timeframeBefore(joined, at) ?? timeframeAfter(joined, at)
    const found = place === undefined ? undefined : joined[place]
    if (found?.kind !== "timeframe") return
    chunk.operands = chunk.operands.map((operand) => ({ ...operand, timeframe: operand.timeframe ?? found.timeframe }))
    found.isAttached = true
  })
  joined.forEach((chunk, at) => {
    const next = joined[at + 1]
    // "Two EMAs, 10 and 30": the count says nothing more.
    if (
      chunk.kind === "amount" &&
      next?.kind === "operand" &&
      next.operands.length > 1 &&
      chunk.value === next.operands.length
    )
      chunk.isUsed = true
    // "At 4h closes": where, not a comparison.
    if (isWord(chunk, "at") && joined[at + 1]?.kind === "timeframe") chunk.isUsed = true
  })
  return joined
}

/** "Daily RSI", "4h 50 EMA": directly before, and no chart of its own. */
function timeframeBefore(chunks: readonly Chunk[], at: number): number | undefined {
  const before = chunks[at - 1]
  return before?.kind === "timeframe" && !before.isChart && !before.isAttached ? at - 1 : undefined
}

/** "RSI on the daily", "EMA 50 on 4h". */
function timeframeAfter(chunks: readonly Chunk[], at: number): number | undefined {
  if (!isWord(chunks[at + 1], "on", "of")) return undefined
  const place = nextMeaning(chunks, at + 2)
  const found = chunks[place]
  return found?.kind === "timeframe" && !found.isAttached ? place : undefined
}
