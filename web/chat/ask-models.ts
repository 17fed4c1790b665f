import type { Reply } from "#engine/idea"
import type { StrategyDocument } from "#engine/strategy"
import {
  type CallPurpose,
  type DeskNote,
  firstPrices,
  isNearBudget,
  MemoryAnswers,
  ModelDesk,
  type ModelProvider,
  modelsInOrder,
  type ModelWorld,
  spendingOf,
  talk,
  type TalkEvent,
} from "#models"
import { modelCalls } from "../db/model-calls.ts"
import { firstModelSettings, loadModelSettings, type ModelSettings, type SetUpModel } from "../db/model-settings.ts"
import { formatDateTime } from "../ui/date-format.ts"
import type { AnswerStep, Asked, Progress } from "./answer.ts"
import { providerOf } from "./llm/models-at-hand.ts"
import { modelTools } from "./model-tools.ts"

type AskedModels = Asked & {
  given: StrategyDocument | undefined
  /** What our own words made of it. */
  reading: Reply
  models: readonly SetUpModel[]
  signal: AbortSignal
}

const world: ModelWorld = {
  nowMs: () => Date.now(),
  random: () => Math.random(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/** As they are with each question; the desk itself asks for them while a call is under way. */
let settings: ModelSettings = firstModelSettings

const desk = new ModelDesk({
  world,
  ledger: modelCalls,
  answers: new MemoryAnswers(),
  prices: () => [...settings.prices, ...firstPrices],
  budget: () => settings.budget,
  newId: () => crypto.randomUUID(),
})

/** Asks the person's models for what our own words left open; what happens meanwhile shows step by step. */
export async function* askModels(asked: AskedModels): AsyncIterable<AnswerStep> {
  const { given, reading, signal, isForModel = false } = asked
  settings = await loadModelSettings()
  const { providers, locked } = await providersFor(asked, given ? "change" : "build")
  if (providers.length === 0)
    return yield { kind: "answered", answered: { given, reply: reading, ...(locked ? { failed: locked } : {}) } }
  let progress: Progress = { steps: [], speaking: "" }
  const told = talk({
    say: asked.say,
    given,
    reading,
    history: asked.branch.flatMap(({ say, reply }) => (reply ? [{ say, reply }] : [])),
    preferences: settings.preferences,
    markets: asked.markets.map(({ name }) => name),
    balanceQuote: asked.balanceQuote,
    desk,
    providers,
    tools: modelTools(asked),
    purpose: given ? "change" : "build",
    signal,
    alwaysAsk: isForModel,
    isFresh: isForModel,
  })
  for await (const event of told) {
    if (event.kind === "reply" || event.kind === "failed")
      yield { kind: "answered", answered: { given, ...answeredIn(event) } }
    else yield { kind: "progress", progress: (progress = after(progress, event, asked)) }
  }
}

/** The models to try, in order; those whose key is not open in this window are left out, and named. */
async function providersFor({ models }: AskedModels, purpose: CallPurpose) {
  const spending = await spendingOf(modelCalls, settings.budget, world.nowMs())
  const idsOf = (tier: SetUpModel["tier"]) => models.filter((model) => model.tier === tier).map(({ id }) => id)
  const order = modelsInOrder({ cheap: idsOf("cheap"), strong: idsOf("strong") }, purpose, isNearBudget(spending))
  const providers: ModelProvider[] = []
  const locked: string[] = []
  for (const id of order) {
    const model = models.find((each) => each.id === id)!
    const provider = await providerOf(model)
    if (provider) providers.push(provider)
    else locked.push(model.name)
  }
  return { providers, locked: locked.length > 0 ? lockedWords(locked) : undefined }
}

function lockedWords(names: readonly string[]): string {
  return `The key of ${names.join(" and ")} is sealed and not open in this window, so no model was asked. Open it under Models.`
}

type Ended = Extract<TalkEvent, { kind: "reply" | "failed" }>

function answeredIn(event: Ended) {
  if (event.kind === "failed") return { reply: event.reading, failed: event.because }
  const { reply, by, pointedOut, cachedAtMs } = event.result
  return by === "interpreter"
    ? { reply }
    : { reply, by: { id: by.id, name: by.name, pointedOut, ...(cachedAtMs === undefined ? {} : { cachedAtMs }) } }
}

/** More steps than a talk can have are not shown. */
const MOST_STEPS = 30

function after({ steps, speaking }: Progress, event: Exclude<TalkEvent, Ended>, { zone }: AskedModels): Progress {
  const step = (words: string) => ({ steps: [...steps, words].slice(-MOST_STEPS), speaking })
  switch (event.kind) {
    case "speaking":
      return { steps, speaking: event.text }
    case "step":
      return step(toolWords[event.tool] ?? "Looking something up")
    case "mending":
      return step("Its answer does not hold yet; it mends it")
    case "testing":
      return step("Testing its rules")
    case "note":
      return step(noteWords(event.note, (timeMs) => formatDateTime(timeMs, zone)))
  }
}

const toolWords: Partial<Record<Extract<TalkEvent, { kind: "step" }>["tool"], string>> = {
  run_backtest: "Testing your strategy as it is",
  explain_result: "Reading the last test",
  explain_candle: "Looking at a candle",
  compare_runs: "Comparing two tests",
  list_markets: "Looking which markets there are",
}

function noteWords(note: DeskNote, timeWords: (timeMs: number) => string): string {
  switch (note.kind) {
    case "asking":
      return `Asking ${note.provider.facts.name}`
    case "waiting":
      return note.ms === undefined
        ? `Waiting for ${note.provider.facts.name}, which answers something else`
        : `Waiting ${Math.ceil(note.ms / 1000)} s for ${note.provider.facts.name}`
    case "fellBack":
      return `${note.failure.because} Asking ${note.to.facts.name} instead`
    case "cached":
      return `${note.provider.facts.name} was asked the same before, ${timeWords(note.atMs)}`
  }
}
