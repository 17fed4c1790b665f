import type { IdeaDraft } from "../idea-draft.ts"
import { beside } from "./profit-words.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { AmountChunk, Sentence } from "../reading/sentence.ts"

/** Reads how much: what the account holds, the risk of a trade, a share of the account, or an amount. */
export function readSize(sentence: Sentence, draft: IdeaDraft) {
  if (buysInParts(sentence)) draft.ask("entry")
  readBalance(sentence, draft)
  readRisk(sentence, draft)
  readAllIn(sentence, draft)
  readShare(sentence, draft)
  readAmount(sentence, draft)
}

/** "Half at RSI 30 and the other half at RSI 20": a rule buys the whole position at once. */
function buysInParts({ chunks }: Sentence): boolean {
  const isWord = (chunk: Chunk, ...names: string[]) => chunk.kind === "word" && names.includes(chunk.concept)
  const buy = chunks.findIndex((chunk) => isWord(chunk, "buy", "long", "short"))
  const leave = chunks.findIndex(
    (chunk, at) => at > buy && isWord(chunk, "sell", "exit", "cover", "target", "take", "win"),
  )
  const bought = buy < 0 ? [] : chunks.slice(buy, leave < 0 ? undefined : leave)
  const parts = bought.filter((chunk) => chunk.kind === "amount" && chunk.unit === "share")
  return parts.length > 1
}

/** A smaller number beside the account counts something else. */
const LEAST_BALANCE = 10

/** "I have 100 dollars", "with a $500 account". */
function readBalance(sentence: Sentence, draft: IdeaDraft) {
  const have = sentence.find("have")
  const account = sentence.find("balance")
  const at = have >= 0 ? have : account
  if (at < 0) return
  const place = have >= 0 ? sentence.anyAmount(["money", "plain"], at) : sentence.amountOf(at, ["money", "plain"])
  if (place < 0 || Math.abs(place - at) > 5) return
  if (have < 0 && Math.abs(place - at) !== 1 && sentence.says("perTrade", "every")) return
  const amount = sentence.amount(place, ["money", "plain"])!
  if (!(amount.value > 0)) return
  // "15 % of my account into one coin": that one is no balance.
  if (have < 0 && amount.unit === "plain" && amount.value < LEAST_BALANCE) return
  draft.balanceQuote = amount.value
  draft.saidBalance = true
  draft.understand([sentence.chunks[at], amount], "size", `account ${amount.value}`)
}

/** "Risk 1 % per trade", "1 % risk", "lose at most 1 % of the account on a trade". */
function readRisk(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("risk")
  const each = sentence.find("perTrade")
  const loss = at < 0 && (sentence.has("balance") || each >= 0) && sentence.says("lose") ? each : -1
  const word = at >= 0 ? at : loss
  if (word < 0) return
  const place = sentence.amountOf(word, ["percent", "money"])
  const found = place >= 0 ? place : sentence.has("balance") ? sentence.anyAmount(["percent"]) : -1
  if (found < 0) return readPlainRisk(sentence, at, draft)
  const amount = sentence.amount(found, ["percent", "money"])!
  const value = Math.abs(amount.list ? Math.min(...amount.list) : amount.value)
  if (amount.list) draft.assume("risk", `${value} %`)
  if (amount.unit === "money") draft.riskQuote = value
  else if (value > 0 && value <= 100) draft.size = { kind: "risk", percent: value }
  else return draft.ask("size")
  draft.understand([sentence.chunks[word], amount, ...accountWords(sentence)], "size", `risk ${amount.text}`)
}

/** Nobody risks more of the account than this on a trade without saying its unit. Percent. */
const MOST_PLAIN_RISK = 10

/** "Risk 0.5": the number directly behind the word is in percent, which is assumed aloud. */
function readPlainRisk(sentence: Sentence, at: number, draft: IdeaDraft) {
  const amount = at >= 0 ? sentence.amount(at + 1, ["plain"]) : undefined
  if (!amount || amount.list || !(amount.value > 0 && amount.value <= MOST_PLAIN_RISK)) return
  draft.size = { kind: "risk", percent: amount.value }
  draft.assume("risk", `${amount.value} %`)
  draft.understand([sentence.chunks[at], amount], "size", `risk ${amount.value} %`)
}

function readAllIn(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("allIn")
  if (at < 0) return
  draft.size = { kind: "equity", percent: 100 }
  draft.understand([sentence.chunks[at]], "size", "100 % of the account")
}

/** "10 % of the account each time", "half my balance", "at most 25 % in one coin". */
function readShare(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("balance", "size", "position")
  if (at < 0) return
  // "Half the size" changes a size; "size 5 %" is one.
  const isSize = sentence.isWord(at, "size") && !sentence.says("balance", "perTrade", "every")
  const place = sentence.amountOf(at, isSize ? ["percent"] : ["percent", "share"])
  const found = place >= 0 ? place : sentence.has("balance") ? sentence.anyAmount(["share"]) : -1
  if (found < 0 || isSold(sentence, found)) return
  if (beside(sentence, found, ["win", "lose", "stop", "target"])) return
  const amount = sentence.amount(found, ["percent", "share"])!
  const percent = amount.unit === "share" ? amount.value * 100 : Math.abs(amount.value)
  if (!(percent > 0)) return
  if (percent > 100) {
    draft.notPossible.push(`${percent} %`)
    draft.size = { kind: "equity", percent: 100 }
  } else if (isBound(sentence, at, found)) draft.mostOfAccountPercent = percent
  else draft.size = { kind: "equity", percent }
  draft.understand(
    [sentence.chunks[at], amount, ...wordsOfBound(sentence, at, found)],
    "size",
    `${percent} % of the account`,
  )
}

/** "Sell half the position at 5 %": a part that is sold, no size. */
function isSold(sentence: Sentence, at: number): boolean {
  const deed = sentence.chunks.findLastIndex(
    (_, place) =>
      place < at && sentence.isWord(place, "buy", "long", "short", "sell", "exit", "cover", "target", "take"),
  )
  return (
    sentence.isWord(deed, "sell", "exit", "cover", "target", "take") && !sentence.chunks.slice(deed, at).some(isMark)
  )
}

function isMark({ kind }: Chunk): boolean {
  return kind === "mark"
}

/** "At most", "never more than"; "max 2 positions" in the same sentence bounds something else. */
function isBound(sentence: Sentence, at: number, found: number): boolean {
  const { chunks } = sentence
  const end = chunks.findIndex((chunk, place) => place > Math.max(at, found) && isMark(chunk))
  const start = chunks.findLastIndex((chunk, place) => place < Math.min(at, found) && isMark(chunk)) + 1
  const places = chunks.map((_, place) => place).slice(start, end < 0 ? undefined : end)
  const says = (name: "most" | "not" | "above") =>
    places.some((place) => sentence.isWord(place, name) && !sentence.amount(place + 1, ["plain"]))
  return says("most") || (says("not") && says("above"))
}

/** "… more than 15 % of the account into one coin": no rule compares a price with that one. */
function wordsOfBound(sentence: Sentence, at: number, found: number): Chunk[] {
  const place = Math.max(at, found)
  const before = sentence.chunks[Math.min(at, found) - 1]
  const one = sentence.chunks
    .slice(place + 1, place + 4)
    .find((chunk) => chunk.kind === "amount" && chunk.unit === "plain" && chunk.value === 1 && !/\d/.test(chunk.text))
  const isMore = sentence.isWord(Math.min(at, found) - 1, "above")
  return [...(isMore ? [before] : []), ...(one ? [one] : [])]
}

/** "$20 per trade", "buy 50 USDT each time", "start with $20". */
function readAmount(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.chunks.findIndex((_, place) => sentence.amount(place, ["money"]) && isSpent(sentence, place))
  if (at < 0) return
  const amount = sentence.amount(at, ["money"])!
  if (!(amount.value > 0)) return
  draft.size = { kind: "quote", amount: amount.value }
  const first = sentence.chunks[at - 1]
  const words = [...accountWords(sentence), ...(/^starts?$/.test(first?.text) ? [first] : [])]
  draft.understand([amount, ...words], "size", `${amount.value} a position`)
}

/** Money after a comparison is a price: "above $60,000". */
function isSpent(sentence: Sentence, at: number): boolean {
  if (sentence.isWord(at - 1, "above", "below", "crossUp", "crossDown", "reach", "at", "touch", "between")) return false
  if (beside(sentence, at, ["stop", "target", "lose", "win", "risk"])) return false
  if (sentence.has("perTrade", "every", "size") || sentence.says("dca", "safetyOrder", "perTrade")) return true
  return (
    sentence.isWord(at - 1, "buy", "filler", "for", "of", "on") &&
    sentence.says("buy") &&
    (sentence.amount(at, ["money"])?.value ?? 0) < 100_000
  )
}

function accountWords(sentence: Sentence): AmountChunk[] {
  return sentence.chunks.filter(
    (chunk, at) => !chunk.isUsed && sentence.isWord(at, "perTrade", "size", "balance"),
  ) as AmountChunk[]
}
