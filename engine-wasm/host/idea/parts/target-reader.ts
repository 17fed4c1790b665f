import type { DraftTarget, IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import { atrDistanceNear } from "./atr-distance.ts"
import { levelAtDistance } from "./level-distance.ts"
import { denialBefore, entryAfter, isPriceSaid } from "./stop-reader.ts"
import { isLoss, isProfit, wordBeside } from "./profit-words.ts"

/** Reads targets: one, several with shares, in percent, in risks, or at a value of the chart. */
export function readTargets(sentence: Sentence, draft: IdeaDraft) {
  readLadder(sentence, draft)
  for (let at = sentence.find("target"); at >= 0; at = sentence.findFrom(at + 1, "target"))
    readTargetAt(sentence, at, draft)
  readTakings(sentence, draft)
  readReward(sentence, draft)
  if (leaves(sentence)) readProfits(sentence, draft)
}

const leaves = (sentence: Sentence) =>
  sentence.says("sell", "exit", "target", "cover", "hold", "win") && !sentence.says("trailing", "breakEven")

type Rung = { share: number; isOfRest: boolean; at: Pick<DraftTarget, "percent" | "reward">; chunks: Chunk[] }

/** "A third at +3 %, half of the rest at +6 %, everything at +10 %"; "50 % at 5 %, 50 % at 10 %". */
function readLadder(sentence: Sentence, draft: IdeaDraft) {
  const rungs = sentence.chunks.flatMap((_, at) => rungAt(sentence, at) ?? [])
  const isLadder =
    rungs.length >= 2 ||
    (rungs.length === 1 && (leaves(sentence) || sentence.says("take", "sell", "exit") || draft.targets.length > 0))
  if (!isLadder || (draft.add && !sentence.says("sell", "exit", "target"))) return
  for (const { at, share, isOfRest, chunks } of rungs) {
    draft.targets.push({ ...at, share, isOfRest })
    const level = at.reward === undefined ? `+${at.percent} %` : `${at.reward} × risk`
    draft.understand(chunks, "exit", `${Math.round(share * 100)} % @ ${level}`)
  }
}

/** A share and the profit at which it is sold: "half at 5 %", "at 5 % half", "5 % (50 %)". */
function rungAt(sentence: Sentence, at: number): Rung | undefined {
  const share = shareAt(sentence, at)
  if (!share) return undefined
  const place = profitAfter(sentence, at + 1) ?? profitBefore(sentence, at)
  if (place === undefined) return undefined
  const amount = sentence.amount(place, levels)!
  const value = Math.abs(amount.value)
  const level = amount.unit === "reward" ? { reward: value } : { percent: value }
  return { ...share, at: level, chunks: [sentence.chunks[at], amount] }
}

const levels = ["percent", "reward"] as const

function shareAt(sentence: Sentence, at: number): { share: number; isOfRest: boolean } | undefined {
  const chunk = sentence.chunks[at]
  if (chunk?.kind !== "amount" || chunk.isUsed) return undefined
  const isOfRest =
    chunk.text.includes("rest") ||
    upToLevel(sentence.chunks.slice(at + 1, at + 4)).some(
      (each) => each.kind === "amount" && each.unit === "share" && isRest(each),
    )
  if (chunk.unit === "share")
    return isRest(chunk) && isPartOfAnother(sentence, at)
      ? undefined
      : { share: chunk.value, isOfRest: isOfRest || isRest(chunk) }
  // "50 % at 5 %": the second percentage is the profit.
  // "TP1 2 % 50 %".
  if (
    chunk.unit === "percent" &&
    chunk.value <= 100 &&
    sentence.amount(at - 1, ["percent"]) &&
    sentence.isWord(at - 2, "target")
  )
    return { share: chunk.value / 100, isOfRest }
  const isShare =
    chunk.unit === "percent" && chunk.sign === undefined && followedByAt(sentence, at) && chunk.value <= 100
  return isShare ? { share: chunk.value / 100, isOfRest } : undefined
}

/** "Half at 15 %, rest at 30 %": a level ends what belongs to the share before it. */
function upToLevel(chunks: readonly Chunk[]): Chunk[] {
  const level = chunks.findIndex((chunk) => chunk.kind === "amount" && levels.includes(chunk.unit as "percent"))
  return chunks.slice(0, level < 0 ? undefined : level)
}

function isRest(chunk: Chunk): boolean {
  return chunk.kind === "amount" && chunk.unit === "share" && chunk.value === 1
}

/** "Half of the rest": the rest is no share of its own. */
function isPartOfAnother(sentence: Sentence, at: number): boolean {
  const before = upToLevel(sentence.chunks.slice(Math.max(0, at - 3), at).toReversed())
  return before.some((chunk) => chunk.kind === "amount" && chunk.unit === "share")
}

function followedByAt(sentence: Sentence, at: number): boolean {
  for (let place = at + 1; place <= at + 4; place++) {
    if (sentence.isWord(place, "at") && sentence.amount(place + 1, levels)) return true
    if (!sentence.isWord(place, "filler", "of", "position", "away", "exit", "on")) return false
  }
  return false
}

function profitAfter(sentence: Sentence, start: number): number | undefined {
  for (let place = start; place <= start + 6; place++) {
    if (sentence.amount(place, levels)) return place
    const chunk = sentence.chunks[place]
    const isShare = chunk?.kind === "amount" && chunk.unit === "share"
    if (
      !isShare &&
      !sentence.isWord(
        place,
        "filler",
        "size",
        "of",
        "at",
        "on",
        "when",
        "win",
        "position",
        "it",
        "after",
        "up",
        "reach",
        "exit",
        "sell",
        "target",
        "away",
      )
    )
      return undefined
  }
  return undefined
}

function profitBefore(sentence: Sentence, at: number): number | undefined {
  for (let place = at - 1; place >= at - 4; place--) {
    if (sentence.amount(place, levels)) return place
    const chunk = sentence.chunks[place]
    const isOpening = chunk?.kind === "mark" && (chunk.text === "(" || chunk.text === ":")
    if (!isOpening && !sentence.isWord(place, "filler", "sell", "exit", "win", "target", "for", "at")) return undefined
  }
  return undefined
}

function readTargetAt(sentence: Sentence, at: number, draft: IdeaDraft) {
  const word = sentence.chunks[at]
  const denial = denialBefore(sentence, at)
  if (denial >= 0) {
    draft.hasNoTarget = true
    return draft.understand([sentence.chunks[denial], word], "protect", "no target")
  }
  const away = levelAtDistance(sentence, at)
  if (away) {
    draft.targets.push({ level: away.operand })
    return draft.understand([word, ...away.chunks], "protect", away.chunks.map(({ text }) => text).join(" "))
  }
  const place = sentence.amountOf(at, ["percent", "reward"])
  if (place >= 0) {
    setTarget(sentence, [at, place], draft)
    return moreTargets(sentence, [at, place], draft)
  }
  const atr = atrDistanceNear(sentence, at)
  if (atr?.multiple !== undefined) {
    draft.targets.push({ atr: { multiple: atr.multiple, length: atr.length } })
    return draft.understand([word, ...atr.chunks], "protect", `target ${atr.multiple} × ATR(${atr.length})`)
  }
  const plain = sentence.amountOf(at, ["plain", "money"])
  if (plain >= 0) return plainTarget(sentence, [at, plain], draft)
  if (draft.targets.length > 0) draft.understand([word], "protect", "target")
}

/** "Targets at 2 %, 4 % and 6 %": each further one after a comma or "and". */
function moreTargets(sentence: Sentence, [at, first]: [number, number], draft: IdeaDraft) {
  const { chunks } = sentence
  for (let place = first; ;) {
    const joint = [1, 2].find((step) => !isJoint(sentence, place + step)) ?? 0
    const next = place + joint
    const beside = chunks[next + 1]
    const isOther = beside?.kind === "word" && ["stop", "lose", "trailing", "risk", "win"].includes(beside.concept)
    if (joint < 2 || next <= at || isOther || !sentence.amount(next, ["percent"])) return
    setTarget(sentence, [at, next], draft)
    place = next
  }
}

function isJoint(sentence: Sentence, at: number): boolean {
  const chunk = sentence.chunks[at]
  return (chunk?.kind === "mark" && [",", "/"].includes(chunk.text)) || sentence.isWord(at, "and", "next")
}

function setTarget(sentence: Sentence, [at, place]: [number, number], draft: IdeaDraft) {
  const amount = sentence.amount(place, ["percent", "reward"])!
  // "Take profit -5 %" is no profit.
  if (amount.sign === "-" && amount.unit === "percent" && !isShortOnly(sentence))
    draft.ask("contradiction", [`target +${Math.abs(amount.value)} %`, `stop ${Math.abs(amount.value)} %`])
  const value = Math.abs(amount.value)
  if (amount.list && amount.unit === "percent") draft.assume("target", `${value} %`)
  const target: DraftTarget = amount.unit === "reward" ? { reward: value } : { percent: value }
  if (!draft.targets.some((each) => each.percent === target.percent && each.reward === target.reward))
    draft.targets.push(target)
  draft.understand(
    [sentence.chunks[at], amount],
    "protect",
    amount.unit === "reward" ? `target ${value} × risk` : `target ${value} %`,
  )
}

/** "TP 6" is six percent; "target 70000" is a price. */
function plainTarget(sentence: Sentence, [at, place]: [number, number], draft: IdeaDraft) {
  const amount = sentence.amount(place, ["plain", "money"])!
  const entry = amount.unit === "money" ? entryAfter(sentence, place) : []
  if (entry.length > 0) {
    draft.targets.push({ awayQuote: amount.value })
    return draft.understand([sentence.chunks[at], amount, ...entry], "protect", `entry ± ${amount.value}`)
  }
  const isProfit = amount.unit === "money" && amount.value < 1_000 && !isPriceSaid(sentence, [at, place])
  if (isProfit && (draft.riskQuote !== undefined || sentence.says("perTrade", "win") || moneyStops(sentence))) {
    draft.targetQuote = amount.value
    return draft.understand([sentence.chunks[at], amount], "protect", `win ${amount.value}`)
  }
  const isPrice = amount.value >= 100 || amount.unit === "money"
  draft.targets.push(
    isPrice
      ? { level: { name: "number", value: amount.value, numbers: [] } }
      : { percent: amount.value, isPlain: true },
  )
  draft.understand([sentence.chunks[at], amount], "protect", `target ${amount.value}${isPrice ? "" : " %"}`)
}

function isShortOnly(sentence: Sentence): boolean {
  return sentence.says("short", "shortOnly", "cover")
}

/** Whether the stop of the sentence is said in money too. */
function moneyStops(sentence: Sentence): boolean {
  const stop = sentence.find("stop")
  const place = stop < 0 ? -1 : sentence.amountOf(stop, ["money"])
  return place >= 0 && !isPriceSaid(sentence, [stop, place])
}

/** "Take 3 %": the number directly behind it. */
function readTakings(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("take")
  if (at >= 0 && sentence.amount(at + 1, ["percent"])) setTarget(sentence, [at, at + 1], draft)
}

/** "2:1 reward", "risk reward of 2", "sell at 3R". */
function readReward(sentence: Sentence, draft: IdeaDraft) {
  const place = sentence.anyAmount(["reward"])
  if (place >= 0 && !sentence.says("breakEven")) {
    const amount = sentence.amount(place, ["reward"])!
    draft.targets.push({ reward: amount.value })
    draft.understand([amount], "protect", `target ${amount.value} × risk`)
  }
  const at = sentence.find("reward")
  if (at < 0) return
  const plain = sentence.amountOf(at, ["plain", "times"])
  if (plain < 0) return
  const amount = sentence.amount(plain, ["plain", "times"])!
  draft.targets.push({ reward: amount.value })
  draft.understand([sentence.chunks[at], amount], "protect", `target ${amount.value} × risk`)
}

/** "Sell at +5 %", "out with 2 % profit or 1 % loss". */
function readProfits(sentence: Sentence, draft: IdeaDraft) {
  sentence.chunks.forEach((chunk, at) => {
    if (isProfit(sentence, at) && !belongsToSize(sentence, at)) {
      const percent = Math.abs(sentence.amount(at, ["percent"])!.value)
      draft.targets.push({ percent })
      draft.understand(
        withWord(sentence, [at, wordBeside(sentence, at, ["win", "up"])], chunk),
        "protect",
        `target ${percent} %`,
      )
    } else if (isLoss(sentence, at) && !belongsToSize(sentence, at)) {
      const percent = Math.abs(sentence.amount(at, ["percent"])!.value)
      if (draft.stop && "kind" in draft.stop && draft.stop.kind === "percent" && draft.stop.percent !== percent)
        draft.ask("contradiction", [`stop ${draft.stop.percent} %`, `stop ${percent} %`])
      draft.stop = { kind: "percent", percent }
      draft.understand(
        withWord(sentence, [at, wordBeside(sentence, at, ["lose", "down"])], chunk),
        "protect",
        `stop ${percent} %`,
      )
    }
  })
}

function belongsToSize(sentence: Sentence, at: number): boolean {
  return wordBeside(sentence, at, ["balance", "risk", "drawdown", "perDay"]) >= 0
}

function withWord(sentence: Sentence, [, word]: [number, number], chunk: Chunk): Chunk[] {
  return word < 0 ? [chunk] : [chunk, sentence.chunks[word]]
}
