import type { Reply } from "#engine/idea"
import type { StrategyDocument } from "#engine/strategy"
import { type DeskNote, talk, type TalkEvent } from "#models"
import type { SetUpModel } from "../db/model-settings.ts"
import { formatDateTime } from "../ui/date-format.ts"
import type { AnswerStep, Asked, Progress } from "./answer.ts"
import { chatDesk, providersFor } from "./model-desk.ts"
import { modelTools } from "./model-tools.ts"

type AskedModels = Asked & {
  given: StrategyDocument | undefined
  /** What our own words made of it. */
  reading: Reply
  models: readonly SetUpModel[]
  signal: AbortSignal
}

/** Asks the person's models for what our own words left open; what happens meanwhile shows step by step. */
export async function* askModels(asked: AskedModels): AsyncIterable<AnswerStep> {
  const { given, reading, signal, isForModel = false } = asked
  const { desk, settings } = await chatDesk()
  const { providers, locked } = await providersFor(asked.models, given ? "change" : "build")
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

type Ended = Extract<TalkEvent, { kind: "reply" | "failed" }>

function answeredIn(event: Ended) {
  if (event.kind === "failed") return { reply: event.reading, failed: event.because }
  const { reply, by, pointedOut, isChecked, cachedAtMs, wrote } = event.result
  return by === "interpreter"
    ? { reply }
    : { reply, by: { id: by.id, name: by.name, pointedOut, isChecked, cachedAtMs, wrote } }
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
