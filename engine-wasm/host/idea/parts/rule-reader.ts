import type { Deed, IdeaDraft, SideName } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { negated } from "../reading/condition.ts"
import { ConditionReader, type ReadCondition } from "../reading/condition-reader.ts"
import type { Operand } from "../reading/operand.ts"
import type { Sentence } from "../reading/sentence.ts"
import { groupAlternatives } from "./rule-groups.ts"

/** `isDenied`: at the opposite of what is said ("sell unless …"). */
type Action = { deed: Deed; side?: SideName; isDenied?: boolean }
type Join = "and" | "or"
/** What happens in a sentence, in order. */
type Event =
  | { kind: "action"; action: Action; chunk: Chunk }
  | { kind: "link"; concept: string }
  | { kind: "condition"; read: ReadCondition; join: Join; bracket?: number }
  /** A number or word that says when to leave, and was read elsewhere. */
  | { kind: "taken" }

const deeds: Record<string, Action> = {
  buy: { deed: "enter", side: "long" },
  long: { deed: "enter", side: "long" },
  short: { deed: "enter", side: "short" },
  cover: { deed: "exit", side: "short" },
  sell: { deed: "exit", side: "long" },
  exit: { deed: "exit" },
  only: { deed: "filter" },
  unless: { deed: "avoid" },
}
const links = new Set(["when", "and", "or", "next", "also", "after", "before", "until"])

/** Reads the conditions of sentences and what each decides: to buy, to sell, or only to be allowed to. */
export class RuleReader {
  readonly #conditions: ConditionReader
  #side: SideName = "long"
  /** Whether a sentence sells a part: a rule closes the whole position. */
  #sellsPart = false

  constructor(
    readonly draft: IdeaDraft,
    known: readonly Operand[] = [],
  ) {
    this.#conditions = new ConditionReader(known)
    if (draft.wantsShort && !draft.bothSides) this.#side = "short"
  }

  /** Values that were named without a condition. */
  get bare() {
    return this.#conditions.bare
  }

  read(sentence: Sentence) {
    this.#readOpposite(sentence)
    this.#sellsPart = false
    const events = this.#eventsOf(sentence)
    const actions = this.#actionsFor(events)
    const entersAs = enteredBeside(events)
    for (const [at, event] of events.entries()) {
      if (event.kind !== "condition") continue
      this.#addRule(event.read, actions[at] ?? { deed: "enter" }, { ...event, entersAs })
    }
    this.#understandActions(events)
    const isRule = events.some((event, at) => event.kind === "condition" && actions[at]?.deed === "exit")
    if (this.#sellsPart && isRule) this.draft.ask("exit")
    if (this.#conditions.hasSeveral) this.draft.ask("entry")
    if (this.#conditions.hasSame) this.draft.ask("contradiction")
  }

  /** "… and sell the opposite", "out when it crosses back". */
  #readOpposite(sentence: Sentence) {
    const otherwise = sentence.chunks.findIndex(
      (chunk, place) =>
        /^(otherwise|else|sonst|sinon|si no|senao|altrimenti)$/.test(chunk.text) &&
        sentence.isWord(place + 1, "exit", "sell"),
    )
    if (otherwise >= 0) {
      this.draft.exitsOpposite = true
      this.draft.understand(sentence.chunks.slice(otherwise, otherwise + 2), "exit", "the opposite of the entry")
    }
    const at = sentence.find("opposite")
    if (at < 0) return
    if (sentence.says("short", "bothSides") && !sentence.says("exit", "sell")) this.draft.bothSides = true
    else this.draft.exitsOpposite = true
    this.draft.understand([sentence.chunks[at]], "exit", "the opposite of the entry")
  }

  #eventsOf(sentence: Sentence): Event[] {
    const events: Event[] = []
    let part: Chunk[] = []
    let join: Join = "and"
    let bracket: number | undefined
    let side: SideName = this.#side
    let deed: Deed = "enter"
    const finish = (next?: Action) => {
      if (part.some(({ isUsed }) => !isUsed)) {
        const isVerbLast = next !== undefined && events.find(({ kind }) => kind !== "link")?.kind !== "action"
        const isAsked = isVerbLast || events.some(({ kind }) => kind === "action")
        const meant: Action = isVerbLast ? { deed: next.deed, side: next.side ?? side } : { deed, side }
        const reader = { isExit: meant.deed === "exit", isShort: meant.side === "short", isAsked }
        for (const read of this.#conditions.read(part, reader)) {
          events.push({ kind: "condition", read, join, bracket })
          join = "and"
        }
        if (meant.deed === "exit" && part.some(isPartOfPosition)) this.#sellsPart = true
      }
      part = []
    }
    for (const [at, chunk] of sentence.chunks.entries()) {
      const own = isAfterthought(sentence, at) ? undefined : actionOf(chunk)
      const action = own && (heldUnless(own, events.at(-1), sentence) ?? own)
      if (action) {
        finish(action)
        join = "and"
        ;[deed, side] = [action.deed, action.side ?? side]
        events.push({ kind: "action", action, chunk })
      } else if (isLink(chunk)) {
        finish()
        if (chunk.text === "(") bracket = chunk.from + 1
        else if (chunk.text === ")") bracket = undefined
        const concept = isEither(chunk)
          ? "either"
          : chunk.kind === "word"
            ? chunk.concept
            : chunk.text === "("
              ? "("
              : ","
        if (concept === "or") join = "or"
        else if (concept === "and" || concept === "next") join = "and"
        events.push({ kind: "link", concept })
      } else {
        if (chunk.isUsed && isWayOut(chunk) && !isOfStop(sentence, at)) events.push({ kind: "taken" })
        part.push(chunk)
      }
    }
    finish()
    groupAlternatives(events)
    return events
  }

  /** Which action each condition belongs to: the one before it, or the one it leads to. */
  #actionsFor(events: readonly Event[]): (Action | undefined)[] {
    const actions: (Action | undefined)[] = []
    events.forEach((event, at) => {
      if (event.kind !== "condition") return
      const [before, after] = [lastAction(events, at), nextAction(events, at)]
      actions[at] = this.#owner(events, at, { before, after }, actions)
    })
    return actions
  }

  #owner(
    events: readonly Event[],
    at: number,
    { before, after }: { before: number; after: number },
    actions: readonly (Action | undefined)[],
  ): Action | undefined {
    if (before < 0 && after < 0) return undefined
    // "MACD crosses up, the opposite to leave": nothing else says what is entered.
    const isEntry =
      this.draft.exitsOpposite && !events.some((event) => event.kind === "action" && event.action.deed === "enter")
    if (before < 0 && isEntry && at === 0) return undefined
    if (before < 0) return takesBefore(events, after) ? actionAt(events, after) : undefined
    if (after < 0) return actionAt(events, before)
    const between = events.slice(before + 1, at)
    const previous = between.findLastIndex(({ kind }) => kind === "condition")
    const own = between.slice(previous + 1).flatMap((event) => (event.kind === "link" ? [event.concept] : []))
    const first = events.find(({ kind }) => kind !== "link")
    // "从高点回撤4%卖出，RSI低于30买入": what was read elsewhere comes before its verb too.
    const isVerbLast = first !== undefined && first.kind !== "action"
    const leads =
      own.includes(",") ||
      own.includes("(") ||
      own.includes("next") ||
      own.includes("and") ||
      (isVerbLast && own.length === 0)
    const isNext = leads && (own.includes("when") || isVerbLast) && leadsTo(events, at, after) && !hasOwn(events, after)
    if (previous >= 0) return isNext && !continues(own) ? actionAt(events, after) : actions[before + 1 + previous]
    return isNext ? actionAt(events, after) : actionAt(events, before)
  }

  #addRule(
    { condition, from, to, assumes, named }: ReadCondition,
    action: Action,
    { join, bracket, entersAs }: { join: Join; bracket?: number; entersAs?: SideName },
  ) {
    const { deed } = action
    const meant = deed === "avoid" || action.isDenied ? negated(condition) : condition
    const side = deed === "filter" || deed === "avoid" ? undefined : (action.side ?? undefined)
    if (side) this.#side = side
    this.draft.rules.push({
      deed: deed === "avoid" ? "filter" : deed,
      side,
      join,
      condition: meant,
      ...(bracket && { bracket }),
      ...(deed === "filter" && entersAs && { entersAs }),
    })
    for (const place of [...(named ? [named] : []), { from, to }])
      this.draft.understood.push({ ...place, part: deed === "exit" ? "exit" : "enter", meaning: meant })
    if (assumes) this.draft.assume(assumes, "", meant)
  }

  #understandActions(events: readonly Event[]) {
    for (const event of events) {
      if (event.kind !== "action") continue
      event.chunk.isUsed = true
      if (event.action.side === "short") this.draft.wantsShort = true
    }
  }
}

/** "Only buy if …", "go short only when …": a purchase that is said with nothing but its filter. */
function enteredBeside(events: readonly Event[]): SideName | undefined {
  for (const [at, event] of events.entries()) {
    if (event.kind !== "action") continue
    const { deed, side } = event.action
    if (deed === "enter" && !hasOwn(events, at)) return side ?? "long"
    if (deed === "filter" && buying.test(event.chunk.text)) return "long"
  }
  return undefined
}

const buying = /buy|kauf|compr|achet|买|long/

/** "From 9 to 17 only, …": what follows the comma is no part of it. */
function isAfterthought(sentence: Sentence, at: number): boolean {
  const next = sentence.chunks[at + 1]
  return sentence.isWord(at, "only") && sentence.chunks[at].text === "only" && at > 0 && (!next || next.kind === "mark")
}

function actionOf(chunk: Chunk): Action | undefined {
  if (chunk.kind !== "word") return undefined
  // "Limit buy": an order and what it does in one.
  if (chunk.concept === "limitOrder" && /buy|bid|entr/.test(chunk.text)) return { deed: "enter" }
  return chunk.isUsed ? undefined : deeds[chunk.concept]
}

/** "Sell unless the price is above": out where it is not; "never sell unless it is" sells where it is. */
function heldUnless({ deed }: Action, last: Event | undefined, sentence: Sentence): Action | undefined {
  if (deed !== "avoid" || last?.kind !== "action" || last.action.deed !== "exit") return undefined
  let place = sentence.chunks.indexOf(last.chunk) - 1
  while (sentence.isWord(place, "filler", "it")) place--
  return { ...last.action, isDenied: !sentence.isWord(place, "not") }
}

function isLink(chunk: Chunk): boolean {
  if (chunk.kind === "mark") return [",", "(", ")", ":", "->", "=>", "|"].includes(chunk.text)
  return chunk.kind === "word" && links.has(chunk.concept)
}

/** "Sell half at RSI 60", "sell 50 % when …": a share that no target has taken. */
function isPartOfPosition(chunk: Chunk): boolean {
  if (chunk.kind !== "amount" || chunk.isUsed) return false
  return chunk.unit === "share" ? chunk.value < 1 : chunk.unit === "percent" && Math.abs(chunk.value) < 100
}

/** "Either", "entweder", "soit": the first of two alternatives comes next. */
function isEither(chunk: Chunk): boolean {
  return (
    chunk.kind === "word" &&
    chunk.concept === "or" &&
    /^(either|entweder|soit|要么)$/.test(chunk.text.replaceAll(" ", ""))
  )
}

function lastAction(events: readonly Event[], at: number): number {
  return events.findLastIndex((event, n) => n < at && event.kind === "action")
}

function nextAction(events: readonly Event[], at: number): number {
  return events.findIndex((event, n) => n > at && event.kind === "action")
}

function actionAt(events: readonly Event[], at: number): Action | undefined {
  const event = events[at]
  return event?.kind === "action" ? event.action : undefined
}

/** Whether an action takes the condition in front of it: "only while …" never does. */
function takesBefore(events: readonly Event[], at: number): boolean {
  const deed = actionAt(events, at)?.deed
  return deed === "enter" || (deed !== "filter" && !hasOwn(events, at))
}

/** "…, sell above 70", "…, out after 3 days": an action with a condition directly behind it takes no other. */
function hasOwn(events: readonly Event[], at: number): boolean {
  const next = events
    .slice(at + 1)
    .find((event) => event.kind !== "link" || (event.concept !== "when" && event.concept !== "("))
  return next?.kind === "condition" || next?.kind === "taken"
}

function isWayOut(chunk: Chunk): boolean {
  if (chunk.kind === "word") return chunk.concept === "opposite" || chunk.concept === "hold" || chunk.concept === "win"
  return chunk.kind === "amount" && ["minutes", "candles", "reward", "percent"].includes(chunk.unit)
}

/** "Sell above 70 stop 3 %": the number says how to be protected, not when to leave. */
function isOfStop(sentence: Sentence, at: number): boolean {
  let [before, after] = [at - 1, at + 1]
  while (sentence.isWord(before, "filler", "of", "at")) before--
  while (sentence.isWord(after, "filler", "of")) after++
  return [before, after].some((place) => sentence.isWord(place, "stop", "trailing", "breakEven", "risk", "size"))
}

/** Nothing but conditions joined to this one stand before the action, and the action has none of its own. */
function leadsTo(events: readonly Event[], at: number, after: number): boolean {
  return events
    .slice(at + 1, after)
    .every((event) => event.kind === "condition" || (event.kind === "link" && event.concept !== "when"))
}

/** "… and when": joined to the condition before. */
function continues(links: readonly string[]): boolean {
  return links.includes("or") || (links.includes("and") && !links.includes(",") && !links.includes("("))
}
