import type { IdeaDraft } from "../idea-draft.ts"
import { isPrice } from "../reading/operand.ts"
import type { Sentence } from "../reading/sentence.ts"
import { spanOf } from "./time-reader.ts"

/** Reads a limit order for the entry, and how long it waits. */
export function readOrder(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("limitOrder")
  if (at >= 0) {
    draft.order ??= {}
    const place = sentence.anyAmount(["percent"], at)
    const isOwn = place >= 0 && place - at < 8 && !isOfExit(sentence, place)
    const found = isOwn ? place : offsetBefore(sentence, at)
    const amount = found < 0 ? undefined : sentence.amount(found, ["percent"])
    if (amount) {
      draft.order.offsetPercent = Math.abs(amount.value)
      draft.understand(
        [sentence.chunks[at], amount, ...priceAfter(sentence, found)],
        "orders",
        `limit order ${amount.text}`,
      )
    }
    draft.understand([sentence.chunks[at]], "orders", "limit order")
  }
  readExpiry(sentence, draft)
}

/** "0.8 % below market with a limit order". */
function offsetBefore(sentence: Sentence, at: number): number {
  const beside = sentence.amountOf(at, ["percent"])
  if (beside >= 0 && !isOfExit(sentence, beside)) return beside
  return sentence.chunks.findIndex(
    (_, place) =>
      place < at &&
      sentence.amount(place, ["percent"]) !== undefined &&
      sentence.isWord(place + 1, "below", "away", "down") &&
      !isOfLine(sentence, place + 2),
  )
}

/** "… with a limit order, take 30 bps, stop 50 bps": where it is left, not where it is bought. */
function isOfExit(sentence: Sentence, place: number): boolean {
  const before = sentence.isWord(place - 1, "at", "of", "filler") ? place - 2 : place - 1
  return sentence.isWord(before, "take", "stop", "target", "trailing")
}

/** "0.1 % below the EMA 20 with a limit order": a condition, for the order has no line. */
function isOfLine(sentence: Sentence, start: number): boolean {
  const place = sentence.isWord(start, "filler", "of") ? start + 1 : start
  const line = sentence.chunks[place]
  return line?.kind === "operand" && !line.operands.every(isPrice)
}

/** "0.5 % under the close": that price is no condition. */
function priceAfter(sentence: Sentence, at: number) {
  const words = sentence.chunks.slice(at + 1, at + 5)
  const price = words.findIndex((chunk) => chunk.kind === "operand")
  const isClose =
    price >= 0 &&
    words
      .slice(0, price)
      .every(
        (chunk) =>
          chunk.kind === "word" &&
          ["below", "above", "filler", "of", "away", "current", "last"].includes(chunk.concept),
      )
  return isClose ? words.slice(0, price + 1).filter((chunk) => chunk.kind !== "word" || chunk.concept !== "filler") : []
}

/** "Cancel it if it has not filled in 3 candles". */
function readExpiry(sentence: Sentence, draft: IdeaDraft) {
  const cancel = sentence.find("cancel")
  const at = cancel >= 0 ? cancel : draft.order ? sentence.find("for") : -1
  if (at < 0) return
  const place = sentence.anyAmount(["candles", "minutes"])
  if (place < 0) return
  draft.order ??= {}
  const amount = sentence.amount(place, ["candles", "minutes"])!
  draft.order.expire = spanOf(amount)
  draft.understand([sentence.chunks[at], amount], "orders", `cancel after ${amount.text}`)
}
