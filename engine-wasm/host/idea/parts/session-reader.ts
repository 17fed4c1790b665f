import { DAY_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare, type Condition, joinedBy, negated } from "../reading/condition.ts"
import type { Sentence } from "../reading/sentence.ts"
import { contextOf, deedBefore, type TimeContext } from "./time-context.ts"
import { hoursBetween, sessions, type TradingTime, tradingTimes } from "./trading-times.ts"

type WordName = Parameters<Sentence["isWord"]>[1]

/** Reads when it may trade: hours, sessions, days of the week. */
export function readSession(sentence: Sentence, draft: IdeaDraft) {
  readNight(sentence, draft)
  readClocks(sentence, draft)
  const times = tradingTimes(sentence, draft)
  const runs = runsOf(sentence, times).map((run) => ({ run, context: contextOf(sentence, run, times) }))
  const isLeft = runs.some(({ context }) => context.deed === "exit" && !context.isDenied)
  for (const { run, context } of runs) readTimes({ sentence, draft, isLeft }, run, context)
}

type Reading = { sentence: Sentence; draft: IdeaDraft; isLeft: boolean }

/** Times that belong together: a filter of the entries, or when it is left or bought. */
function readTimes({ sentence, draft, isLeft }: Reading, run: readonly TradingTime[], context: TimeContext) {
  const { isDenied, deed, isFlat, isOpen, words } = context
  const said = run.flatMap(({ chunks }) => chunks)
  if (isOpen) return draft.understand([...said, ...words], "session", "no limit")
  const conditions = run.map(({ condition }) => condition)
  const meant = isDenied ? [negated(joinedBy("and", conditions))] : conditions
  for (const value of run.flatMap(({ assumes }) => assumes)) draft.assume("session", value)
  const isExit = deed === "exit" && !isDenied
  // "On Friday's close": a moment of the day, not the day.
  const isMoment = sentence.chunks[run.at(-1)!.end]?.kind === "operand"
  for (const condition of meant) {
    if (isExit) draft.rules.push({ deed: "exit", join: "or", condition })
    else if (isLeft && deed === "enter" && !isMoment) draft.rules.push({ deed: "enter", join: "and", condition })
    else draft.rules.push({ deed: "filter", join: "and", condition })
  }
  // "Close before the weekend", "don't hold over it": nothing is bought then either.
  if (isExit && isFlat)
    draft.rules.push({ deed: "filter", join: "and", condition: negated(joinedBy("and", conditions)) })
  for (const group of besideEachOther(sentence, [...said, ...words]))
    draft.understand(group, "session", joinedBy("and", meant))
}

/** "On weekdays between 9 and 17" are one time, "on Mondays and from 22 to 6" are two. */
function runsOf(sentence: Sentence, times: readonly TradingTime[]): TradingTime[][] {
  const runs: TradingTime[][] = []
  for (const time of times) {
    const before = runs.at(-1)?.at(-1)
    let place = before?.end ?? -1
    while (before && sentence.isWord(place, "filler", "on", "of", "at", "session")) place++
    if (before && place === time.from) runs.at(-1)!.push(time)
    else runs.push([time])
  }
  return runs
}

/** Words that stand together, for one highlight. */
function besideEachOther(sentence: Sentence, words: readonly Chunk[]): Chunk[][] {
  const groups: Chunk[][] = []
  for (const word of words.toSorted((a, b) => a.from - b.from)) {
    const last = groups.at(-1)?.at(-1)
    if (last && sentence.chunks.indexOf(word) === sentence.chunks.indexOf(last) + 1) groups.at(-1)!.push(word)
    else groups.push([word])
  }
  return groups
}

/** "Never hold overnight": what is open is left, where "not at night" only bounds the entries. */
function readNight(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("night")
  if (at < 0) return
  const isMark = ({ kind }: Chunk) => kind === "mark"
  const before = sentence.chunks.slice(Math.max(0, at - NIGHT_REACH), at)
  const after = sentence.chunks.slice(at + 1, at + 3)
  const end = after.findIndex(isMark)
  const near = [...before.slice(before.findLastIndex(isMark) + 1), ...(end < 0 ? after : after.slice(0, end))]
  const says = (...concepts: WordName[]) =>
    near.filter((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  const isOpen = says("hold", "position", "buyAndHold").length > 0 && says("trade", "buy", "unless").length === 0
  const isFlat = sentence.chunks[at].text === "overnight" && sentence.isWord(at - 1, "exit")
  if (!isOpen && !isFlat) return
  const night = [...says("not"), sentence.chunks[at]]
  if (!isFlat && says("not").length === 0) {
    for (const chunk of night) chunk.isUsed = true
    return void draft.notPossible.push(sentence.chunks[at].text)
  }
  draft.isFlatAtNight = true
  draft.understand(night, "session", joinedBy("or", nightHours()))
}

const NIGHT_REACH = 5

function nightHours(): Condition[] {
  const [from, to] = sessions.night!
  return [compare("hour", ">=", from), compare("hour", "<", to)]
}

/** Leaves at night and enters by day, where candles are short enough to have a night. */
export function leaveAtNight(draft: IdeaDraft) {
  if (!draft.isFlatAtNight) return
  if (draft.timeframe && timeframesMs[draft.timeframe] >= DAY_MS)
    return void draft.notPossible.push(`overnight (${draft.timeframe})`)
  const [from, to] = sessions.night!
  draft.rules.push(
    { deed: "filter", join: "and", condition: hoursBetween(to, from) },
    { deed: "exit", join: "or", condition: joinedBy("or", nightHours()) },
  )
  draft.assume("session", `${from}–${to} UTC`)
}

/** "Buy at 9 am and sell at 5 pm": an hour of its own for each. */
function readClocks(sentence: Sentence, draft: IdeaDraft) {
  sentence.chunks.forEach((chunk, at) => {
    const clock = sentence.amount(at, ["clock"])
    if (!clock || !Number.isInteger(clock.value)) return
    const deed = deedBefore(sentence, at)
    const isDaily = sentence.says("every", "perDay") === sentence.says("sell", "exit")
    if (!deed || !(isDaily || deed === "exit")) return
    const exact: Condition = { kind: "formula", text: `hour == ${clock.value % 24}` }
    draft.rules.push({ deed, join: deed === "exit" ? "or" : "and", condition: exact })
    draft.assume("session", `${clock.value}:00 UTC`)
    draft.understand([chunk], "session", exact)
  })
}
