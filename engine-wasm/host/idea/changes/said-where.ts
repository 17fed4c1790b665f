import { MINUTE_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import type { DraftRule, IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { type Condition, joinedBy, operandsOf, withOperands } from "../reading/condition.ts"
import { type Clause, clausesOf } from "./clause.ts"

/** Settles what words around conditions say of them: on which candles, beside which others, and which are one. */
export function settleRules(say: string, chunks: readonly Chunk[], draft: IdeaDraft, given: StrategyDocument) {
  const clauses = clausesOf(say)
  settleTimeframes(clauses, chunks, draft, given)
  for (const rule of draft.rules) {
    const clause = clauseOf(rule, draft, clauses)
    rule.isBeside = isBeside(clause, chunks)
    rule.isAlone = clause !== undefined && onlyExit.test(clause.text)
    if (
      clause &&
      rule.deed !== "exit" &&
      isOfTime(rule.condition) &&
      closes.test(clause.text) &&
      !opens.test(clause.text)
    )
      Object.assign(rule, { deed: "exit", isBeside: true })
  }
  joinRules(chunks, draft)
}

const onlyExit =
  /\b(?:sell|exit|leave|close|get out) only\b|\bonly (?:sell|exit|leave|close)\b|\bverkaufe nur\b|\bvende solo\b|\bvends seulement\b|\bvenda so\b|只在.*卖出/
const closes =
  /\b(?:close|exit|sell|leave|get out|flat|schliess\w*|verkauf\w*|cierra|vende|ferme\w*|vends|feche|venda)\b|平仓|卖出/
const opens = /\b(?:buy|enter|trade|only|open|don't|dont|never|kauf\w*|compra|achet\w*|nur|solo|seulement|so)\b|买|只/

/** "Close all at night": hours that end a position, and let none in. */
function isOfTime(condition: Condition): boolean {
  if (condition.kind === "joined") return condition.of.every(isOfTime)
  if (condition.kind === "formula") return /^(?:hour|weekday)\b/.test(condition.text)
  return condition.kind === "compare" && (condition.left.name === "hour" || condition.left.name === "weekday")
}

function placeOf({ condition }: DraftRule, { understood }: IdeaDraft) {
  return understood.find(({ meaning }) => meaning === condition)
}

function clauseOf(rule: DraftRule, draft: IdeaDraft, clauses: readonly Clause[]): Clause | undefined {
  const place = placeOf(rule, draft)
  return place && clauses.find(({ from, to }) => from <= place.from && place.from < to)
}

/** "Only buy when RSI is below 50 on the daily": the candles of the condition, and not of the strategy. */
function settleTimeframes(
  clauses: readonly Clause[],
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: StrategyDocument,
) {
  const named = chunks.filter((chunk) => chunk.kind === "timeframe")
  const isOf = (chunk: Chunk, clause: Clause | undefined) =>
    clause && clause.from <= chunk.from && chunk.to <= clause.to
  const ofRules = named.filter((chunk) => draft.rules.some((rule) => isOf(chunk, clauseOf(rule, draft, clauses))))
  if (ofRules.length === 0) return
  const own = named.find((chunk) => !ofRules.includes(chunk))
  draft.timeframe = own?.timeframe
  const strategyMinutes = timeframesMs[own?.timeframe ?? given.timeframe] / MINUTE_MS
  for (const chunk of ofRules) {
    // A rule sees its own candles and longer ones.
    if (chunk.minutes < strategyMinutes) draft.ask("timeframe", [chunk.timeframe, own?.timeframe ?? given.timeframe])
    for (const rule of draft.rules) if (isOf(chunk, clauseOf(rule, draft, clauses))) setTimeframe(rule, chunk, draft)
  }
}

function setTimeframe(rule: DraftRule, { timeframe, text }: Extract<Chunk, { kind: "timeframe" }>, draft: IdeaDraft) {
  const place = placeOf(rule, draft)
  if (operandsOf(rule.condition).length === 0) return void draft.notPossible.push(text)
  const condition = withOperands(rule.condition, (operand) =>
    operand.name === "number" ? operand : { ...operand, timeframe: operand.timeframe ?? timeframe },
  )
  for (const each of draft.assumptions) if (each.condition === rule.condition) each.condition = condition
  rule.condition = condition
  if (place) place.meaning = condition
}

/** "Also sell when …", "… as well", "or sell when …": not in the place of another. */
function isBeside(clause: Clause | undefined, chunks: readonly Chunk[]): boolean {
  if (!clause) return false
  if (/^(?:or|oder|o|ou|plus)\b|\bauch\b/.test(clause.text) || clause.text.startsWith("或")) return true
  return chunks.some(
    (chunk) =>
      chunk.kind === "word" &&
      (chunk.concept === "also" || chunk.concept === "add") &&
      clause.from <= chunk.from &&
      chunk.to <= clause.to,
  )
}

/** "Sell above 80 and below the average" is one condition of those that end a trade, "buy … or …" one of those that begin it. */
function joinRules(chunks: readonly Chunk[], draft: IdeaDraft) {
  const joined: DraftRule[] = []
  for (const rule of draft.rules) {
    const last = joined.at(-1)
    const join = rule.deed === "exit" ? "and" : "or"
    const isOne =
      last?.deed === rule.deed && last.side === rule.side && rule.join === join && !hasVerb(chunks, last, rule, draft)
    if (!isOne) joined.push({ ...rule })
    else last.condition = joinedBy(join, [...partsOf(last.condition, join), rule.condition])
  }
  draft.rules.splice(0, draft.rules.length, ...joined)
}

function partsOf(condition: Condition, join: "and" | "or"): Condition[] {
  return condition.kind === "joined" && condition.join === join ? condition.of : [condition]
}

/** "Sell above 80 and sell below the average": two ways out. */
function hasVerb(chunks: readonly Chunk[], one: DraftRule, other: DraftRule, draft: IdeaDraft): boolean {
  const [from, to] = [placeOf(one, draft)?.to ?? 0, placeOf(other, draft)?.from ?? 0]
  return chunks.some(
    (chunk) =>
      chunk.kind === "word" &&
      ["sell", "exit", "buy", "cover", "short"].includes(chunk.concept) &&
      from <= chunk.from &&
      chunk.to <= to,
  )
}
