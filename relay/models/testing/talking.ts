import type { Reply } from "#engine/idea"
import { strategyFromJson, type StrategyDocument } from "#engine/strategy"
import { usualBudget } from "../cost/budget.ts"
import { firstPrices } from "../cost/first-prices.ts"
import { MemoryAnswers } from "../cost/kept-answer.ts"
import { MemoryLedger } from "../cost/model-call.ts"
import { ModelDesk } from "../cost/model-desk.ts"
import type { ModelProvider } from "../provider.ts"
import { talk, type TalkEvent, type TalkRequest } from "../talk/talk.ts"
import type { ModelWorld } from "../world.ts"
import { VirtualWorld } from "./virtual-world.ts"

/** A reading of the interpreter that leaves all to the model. */
export function openReading(say: string, changes: object = {}): Reply {
  const notUnderstood = say === "" ? [] : [{ from: 0, to: say.length, words: say }]
  const said = { text: "", language: "en", assumptions: [], notPossible: [], understood: [], notUnderstood }
  return { kind: "question", topic: "idea", questions: 1, ...said, ...changes } as Reply
}

/** Some dip buyer, as a model fills it in. */
export const dip = {
  plan: "Buys short dips. Sells when they are over.",
  name: "RSI dip",
  timeframe: "1h",
  markets: ["BTC/USDT"],
  long: { join: "all", enter: ["rsi(close, 14) < 30"], exitJoin: "any", exit: ["rsi(close, 14) > 70"] },
  stop: { kind: "percent", percent: 3 },
}

/** The answer of a model that fills in the envelope. */
export function envelopeText(changes: object = {}): string {
  return JSON.stringify({
    kind: "strategy",
    text: "It buys dips.",
    topic: "none",
    reason: "none",
    choices: [],
    strategy: dip,
    ...changes,
  })
}

export function documentOf(written: object): StrategyDocument {
  const read = strategyFromJson({ format: "candlewright.strategy/1", name: "Own", timeframe: "1h", ...written })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

/** A desk with a ledger of its own, without a budget unless one is given. */
export function deskIn(world: ModelWorld = new VirtualWorld(), budget = { ...usualBudget, allowsUnknownPrices: true }) {
  const ledger = new MemoryLedger()
  let id = 0
  const deps = { world, ledger, answers: new MemoryAnswers(), prices: () => firstPrices, budget: () => budget }
  return { ledger, desk: new ModelDesk({ ...deps, newId: () => String(++id) }) }
}

export type Talked = { events: TalkEvent[]; last: TalkEvent }

/** Talks to the end, and answers all that happened. */
export async function talked(providers: readonly ModelProvider[], changes: Partial<TalkRequest> = {}): Promise<Talked> {
  const say = changes.say ?? "buy the dip"
  const asked: TalkRequest = {
    say,
    reading: openReading(say),
    desk: deskIn().desk,
    providers,
    tools: {},
    purpose: "build",
    signal: new AbortController().signal,
    ...changes,
  }
  const events: TalkEvent[] = []
  for await (const event of talk(asked)) events.push(event)
  return { events, last: events.at(-1)! }
}
