import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import { isPrice, type Operand } from "../reading/operand.ts"
import { levelAtDistance } from "./level-distance.ts"
import { atrDistanceNear } from "./atr-distance.ts"

/** Reads the stop loss: in percent, in ATR, at a value of the chart, or none at all. */
export function readStop(sentence: Sentence, draft: IdeaDraft) {
  for (let at = sentence.find("stop"); at >= 0; at = sentence.findFrom(at + 1, "stop")) readStopAt(sentence, at, draft)
}

function readStopAt(sentence: Sentence, at: number, draft: IdeaDraft) {
  const word = sentence.chunks[at]
  const denial = denialBefore(sentence, at)
  if (denial >= 0) {
    if (draft.stop && !("kind" in draft.stop && draft.stop.kind === "none"))
      draft.ask("contradiction", [stopBefore(draft), "no stop"])
    draft.stop = { kind: "none" }
    return draft.understand([sentence.chunks[denial], word], "protect", "no stop")
  }
  const away = levelAtDistance(sentence, at)
  if (away)
    return setStop(
      draft,
      { operand: away.operand },
      [word, ...away.chunks],
      away.chunks.map(({ text }) => text).join(" "),
    )
  const atr = atrDistanceNear(sentence, at)
  if (atr) {
    if (atr.multiple === undefined) draft.assume("stop", `${USUAL_ATR} × ATR(${atr.length})`)
    const stop = { kind: "atr" as const, length: atr.length, multiple: atr.multiple ?? USUAL_ATR }
    return setStop(draft, stop, [word, ...atr.chunks], `${stop.multiple} × ATR(${stop.length})`)
  }
  const place = sentence.amountOf(at, ["percent", "plain"])
  if (place >= 0) return percentStop(sentence, [at, place], draft)
  const level = levelAfter(sentence, at)
  if (level !== undefined) {
    const chunk = sentence.chunks[level]
    if (chunk.kind !== "operand") return
    const operand = edgeOf(chunk.operands[0], sentence, [at, level])
    if (operand.isSwing) draft.assume("length", operand.numbers[0])
    return setStop(draft, { operand }, [word, ...waysBetween(sentence, [at, level]), chunk], chunk.text)
  }
  const money = sentence.amountOf(at, ["money"])
  if (money >= 0) return moneyStop(sentence, [at, money], draft)
}

const USUAL_ATR = 2

function percentStop(sentence: Sentence, [at, place]: [number, number], draft: IdeaDraft) {
  const amount = sentence.amount(place, ["percent", "plain"])!
  const percent = Math.abs(amount.value)
  const chunks = [sentence.chunks[at], amount, ...entryBeside(sentence, place)]
  // "Stop at 58,000" is a price.
  if (amount.unit === "plain" && percent >= 100)
    return setStop(draft, { operand: { name: "number", value: percent, numbers: [] } }, chunks, `${percent}`)
  if (!(percent > 0 && percent < 100)) return draft.ask("stop")
  if (amount.unit === "plain") draft.plainStop = { value: percent, isAt: isPriceSaid(sentence, [at, place]) }
  if (amount.list && amount.unit === "percent") draft.assume("stop", `${percent} %`)
  setStop(draft, { kind: "percent", percent }, chunks, `${percent} %`)
}

/** "Stop 5 % under it", "stop 2 % below my entry": where every such stop is. */
function entryBeside(sentence: Sentence, place: number): Chunk[] {
  const way = sentence.chunks[place + 1]
  const next = sentence.chunks[place + 2]
  const isEnd =
    !next || next.kind === "mark" || sentence.isWord(place + 2, "it", "and", "breakEven", "entryPrice", "price")
  return sentence.isWord(place + 1, "below", "above", "away") && isEnd && !way.isUsed ? [way] : []
}

/** "$5 stop": what a trade may cost, so the account's size decides. */
function moneyStop(sentence: Sentence, [at, place]: [number, number], draft: IdeaDraft) {
  const amount = sentence.amount(place, ["money"])!
  const entry = entryAfter(sentence, place)
  // "50 dollars below the last low": which price that is no formula of a distance says.
  if (entry.length === 1 && lineBeside(sentence, place + 1)) return draft.ask("stop")
  if (entry.length > 0)
    return setStop(
      draft,
      { awayQuote: amount.value },
      [sentence.chunks[at], amount, ...entry],
      `entry ± ${amount.value}`,
    )
  if (amount.value >= 1_000 || isPriceSaid(sentence, [at, place]))
    return setStop(
      draft,
      { operand: { name: "number", value: amount.value, numbers: [] } },
      [sentence.chunks[at], amount],
      `${amount.value}`,
    )
  draft.riskQuote = amount.value
  draft.understand([sentence.chunks[at], amount], "size", `risk ${amount.value}`)
}

function lineBeside({ chunks }: Sentence, at: number): boolean {
  return chunks.slice(at + 1, at + 4).some((chunk) => chunk.kind === "operand" && !chunk.operands.every(isPrice))
}

/** "… below entry", "… away from my entry", "… under the price": the words after a distance in money. */
export function entryAfter({ chunks }: Sentence, place: number) {
  const after = chunks.slice(place + 1, place + 6)
  const isWay = (chunk: (typeof chunks)[number]) =>
    chunk.kind === "word" && ["below", "above", "away", "down", "up"].includes(chunk.concept)
  if (!after[0] || !isWay(after[0])) return []
  const entry = after.findIndex(
    (chunk) =>
      (chunk.kind === "word" && ["buy", "breakEven", "price"].includes(chunk.concept)) ||
      (chunk.kind === "operand" && chunk.operands.every(isPrice)),
  )
  return after.slice(0, entry < 0 ? 1 : entry + 1)
}

/** "Stop at $58": a price, where "a stop of $5 per trade" is what the trade may cost. */
export function isPriceSaid(sentence: Sentence, [at, place]: [number, number]): boolean {
  const isAt = sentence.chunks.slice(at, place).some((_, n) => sentence.isWord(at + n, "at"))
  return isAt && !sentence.says("perTrade")
}

function setStop(
  draft: IdeaDraft,
  stop: NonNullable<IdeaDraft["stop"]>,
  chunks: Parameters<IdeaDraft["understand"]>[0],
  words: string,
) {
  if (draft.stop && JSON.stringify(draft.stop) !== JSON.stringify(stop))
    draft.ask("contradiction", [stopBefore(draft), `stop ${words}`])
  draft.stop = stop
  draft.understand(chunks, "protect", `stop ${words}`)
}

/** The stop that was said first, as it was understood. */
function stopBefore({ understood }: IdeaDraft): string {
  const before = understood.find(({ meaning }) => typeof meaning === "string" && /^(?:no )?stop\b/.test(meaning))
  return typeof before?.meaning === "string" ? before.meaning : "stop"
}

/** "No stop", "without any stop loss". */
export function denialBefore(sentence: Sentence, at: number): number {
  for (let place = at - 1; place >= at - 4; place--) {
    if (sentence.isWord(place, "not", "remove")) return place
    if (!sentence.isWord(place, "filler", "change", "have")) return -1
  }
  return -1
}

/** "Stop under …": the word is the stop's, and compares nothing. */
function waysBetween(sentence: Sentence, [at, level]: [number, number]): Chunk[] {
  return sentence.chunks.slice(at + 1, level).filter((_, n) => sentence.isWord(at + 1 + n, "below", "above"))
}

/** "Stop under the cloud" is below both its edges; without a word, it is on the side where a position loses. */
function edgeOf(operand: Operand, sentence: Sentence, [at, level]: [number, number]): Operand {
  if (operand.name !== "cloudTop") return operand
  const says = (word: "above" | "below") =>
    sentence.chunks.slice(at, level).some((_, n) => sentence.isWord(at + n, word))
  const isBelow = says("below") || (!says("above") && !sentence.says("short", "shortOnly"))
  return isBelow ? { ...operand, name: "cloudBottom" } : operand
}

/** "Stop below the last swing low", "stop at the lower band". */
function levelAfter(sentence: Sentence, at: number): number | undefined {
  for (let place = at + 1; place <= at + 8; place++) {
    const chunk = sentence.chunks[place]
    if (chunk?.kind === "operand" && !chunk.isUsed) return chunk.operands[0].name === "volume" ? undefined : place
    if (
      !sentence.isWord(place, "filler", "of", "at", "on", "below", "above", "last", "away", "it", "candle", "current")
    )
      return undefined
  }
  return undefined
}
