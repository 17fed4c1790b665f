import { changedNumberInWords, changedNumbers, isComparable, type Reply, strategyFromModel } from "#engine/idea"
import type { StrategyDocument } from "#engine/strategy"
import { ModelFailure } from "../model-failure.ts"
import type { ModelFacts, ModelProvider, ToolCall } from "../provider.ts"
import type { CallPurpose } from "../cost/model-call.ts"
import { type DeskNote, type ModelDesk, OverBudget } from "../cost/model-desk.ts"
import { type Meaning, meaningsOf } from "./answer-meaning.ts"
import type { ChatToolName, ChatTools, TestFacts } from "./chat-tools.ts"
import { AnswerEar, type HeardAnswer } from "./heard-answer.ts"
import { lookedUp } from "./looked-up.ts"
import { claimsAct } from "./claimed-act.ts"
import { additionsOf } from "./rule-additions.ts"
import { differencesOf } from "./rule-differences.ts"
import { partialText } from "./partial-text.ts"
import { type TalkAbout, talkRequest } from "./prompt.ts"
import { type Proposal, proposalOf } from "./proposal.ts"
import { answerReply, askReply, strategyReply } from "./replies.ts"
import { safeText } from "./safe-text.ts"
import { guardedStop } from "./stop-guard.ts"
import type { TranscriptEntry } from "./transcript.ts"

/** What a talk never exceeds. */
export const talkLimits = { steps: 6, repairs: 3 } as const

export type TalkRequest = TalkAbout & {
  /** What the interpreter read in the same words: the first answer, and the measure of the model's. */
  reading: Reply
  desk: ModelDesk
  /** The models to try, in this order; without one the reading is the answer. */
  providers: readonly ModelProvider[]
  tools: ChatTools
  purpose: CallPurpose
  signal: AbortSignal
  /** The model is asked although the interpreter left nothing open. */
  alwaysAsk?: boolean
  /** A new answer is wanted although there is one to the same words. */
  isFresh?: boolean
}

/** What was answered in the end. Nothing of it is in use: a strategy is a proposal that a person confirms, or not. */
export type TalkResult = {
  reply: Reply
  by: ModelFacts | "interpreter"
  /** For a strategy. */
  proposal?: Proposal
  test?: TestFacts
  /** Where the rules differ from the person's words. */
  pointedOut: readonly string[]
  /** The rules were compared, part for part, with what the interpreter read in the same words, and it read all of them. */
  isChecked?: boolean
  /** The model's own words, where they claim what it cannot have done and are not the answer. */
  wrote?: string
  /** The answer was given before, then. */
  cachedAtMs?: number
}

/** What happens in a talk, for the screen; the last event is `reply` or `failed`. */
export type TalkEvent =
  | { kind: "note"; note: DeskNote }
  /** All that the model has said to the person so far, as safe text. */
  | { kind: "speaking"; text: string }
  | { kind: "step"; tool: ChatToolName }
  | { kind: "mending"; because: string }
  | { kind: "testing"; document: StrategyDocument }
  | { kind: "reply"; result: TalkResult }
  | { kind: "failed"; because: string; failure: ModelFailure | OverBudget; reading: Reply }

/** Whether a model has anything to add to a reading. What our rules decline, no model is asked about. */
export function leavesOpen(reading: Reply): boolean {
  if (reading.kind === "decline") return false
  return reading.kind !== "strategy" || reading.notUnderstood.length > 0
}

/**
 * Answers a sentence: by the interpreter where it understood all, else by a model, whose rules are mended, tested and
 * compared with the person's words before they are proposed. Throws only the signal's reason.
 */
export async function* talk(asked: TalkRequest): AsyncIterable<TalkEvent> {
  const { reading, providers, alwaysAsk = false } = asked
  if (providers.length === 0 || !(alwaysAsk || leavesOpen(reading))) {
    yield { kind: "reply", result: await byInterpreter(reading) }
    return
  }
  try {
    yield* new Talk(asked).go()
  } catch (error) {
    if (!(error instanceof ModelFailure || error instanceof OverBudget)) throw error
    yield { kind: "failed", because: error.message, failure: error, reading }
  }
}

async function byInterpreter(reply: Reply): Promise<TalkResult> {
  const proposal = reply.kind === "strategy" ? { proposal: await proposalOf(reply.document) } : {}
  return { reply, by: "interpreter", pointedOut: [], ...proposal }
}

type Told = { call?: ToolCall; text: string }

class Talk {
  readonly #transcript: TranscriptEntry[] = []
  readonly #used = new Set<ChatToolName>()
  #steps = 0
  #repairs = 0
  #lastProblem = ""
  #hasAskedForTrades = false
  #hasAskedForTheirs = false
  /** A strategy that works, although something better was asked for. */
  #good: TalkResult | undefined

  constructor(private readonly asked: TalkRequest) {}

  async *go(): AsyncIterable<TalkEvent> {
    // Each turn ends the talk, or uses up one of its steps or repairs.
    while (this.#steps <= talkLimits.steps && this.#repairs <= talkLimits.repairs) {
      const heard = yield* this.#hear()
      this.#transcript.push({ kind: "model", text: heard.text, calls: heard.calls })
      const result = yield* this.#consider(heard)
      if (result !== undefined) return yield { kind: "reply", result }
    }
    if (this.#good === undefined) throw this.#givenUp()
    yield { kind: "reply", result: this.#good }
  }

  async *#hear(): AsyncGenerator<TalkEvent, HeardAnswer> {
    const { desk, providers, purpose, signal, isFresh, tools } = this.asked
    const requestFor = (facts: ModelFacts) => talkRequest(this.asked, this.#transcript, facts, tools)
    const ear = new AnswerEar()
    let shown = ""
    for await (const piece of desk.ask({ providers, request: requestFor, purpose, signal, isFresh })) {
      ear.take(piece)
      if (piece.kind === "note") yield { kind: "note", note: piece.note }
      const text = partialText(ear.text, ear.wire)
      if (text !== shown) yield { kind: "speaking", text: (shown = text) }
    }
    return ear.whole()
  }

  /** The first call that ends the talk counts; all calls are answered, as servers want it. */
  async *#consider(heard: HeardAnswer): AsyncGenerator<TalkEvent, TalkResult | undefined> {
    let isDecided = false
    for (const meaning of meaningsOf(heard)) {
      if (meaning.kind === "look") yield* this.#look(meaning)
      else if (isDecided)
        this.#tell({
          call: "call" in meaning ? meaning.call : undefined,
          text: "Only one at a time; this one was not taken.",
        })
      else {
        isDecided = true
        const result = yield* this.#decide(meaning, heard)
        if (result !== undefined) return result
      }
    }
    return undefined
  }

  async *#look({ tool, values, call }: Extract<Meaning, { kind: "look" }>): AsyncGenerator<TalkEvent, void> {
    this.#steps++
    if (this.#steps > talkLimits.steps)
      return this.#tell({ call, text: "No more facts can be looked up. Answer with what you know." })
    this.#used.add(tool)
    yield { kind: "step", tool }
    this.#tell({ call, text: await lookedUp(tool, values, this.asked) })
  }

  async *#decide(
    meaning: Exclude<Meaning, { kind: "look" }>,
    heard: HeardAnswer,
  ): AsyncGenerator<TalkEvent, TalkResult | undefined> {
    if (meaning.kind === "unreadable") return yield* this.#mend({ call: meaning.call, text: meaning.because })
    if (meaning.kind === "strategy") return yield* this.#judge(meaning, heard)
    if (meaning.text.trim() === "")
      return yield* this.#mend({
        call: "call" in meaning ? meaning.call : undefined,
        text: "text is empty: say it to the person",
      })
    const reply =
      meaning.kind === "answer"
        ? answerReply(meaning.text, this.asked.reading, [...this.#used])
        : askReply(meaning, this.asked.reading)
    return { reply, by: heard.by.facts, pointedOut: [], cachedAtMs: heard.cachedAtMs, ...claimed(meaning.text) }
  }

  async *#judge(
    meaning: Extract<Meaning, { kind: "strategy" }>,
    heard: HeardAnswer,
  ): AsyncGenerator<TalkEvent, TalkResult | undefined> {
    const { given, reading, signal, tools } = this.asked
    const { call } = meaning
    const form = heard.by.facts.wire === "tools" ? "full" : heard.by.facts.schema
    const read = strategyFromModel(meaning.strategy, { form, given })
    if (!read.ok) {
      const lines = read.problems
        .slice(0, MOST_PROBLEMS)
        .map(({ path, because }) => `${path === "" ? "the strategy" : path}: ${because}`)
      return yield* this.#mend({ call, text: lines.join("\n") })
    }
    const { document, assumptions } = guardedStop(read, { say: this.asked.say, reading, given })
    const differences = [
      ...differencesOf(reading, document, given),
      ...changedNumbers(reading, document).map(changedNumberInWords),
    ]
    const mayAskAgain = isComparable(reading) && !this.#hasAskedForTheirs && this.#repairs < talkLimits.repairs
    if (differences.length > 0 && mayAskAgain) {
      this.#hasAskedForTheirs = true
      return yield* this.#mend({
        call,
        text: `${differences.join("\n")}\nUse the numbers, directions, sides, markets and candles the person said, exactly, in the place they meant.`,
      })
    }
    if (tools.backtest) yield { kind: "testing", document }
    const test = await this.#test(document)
    signal.throwIfAborted()
    const reply = strategyReply(
      { text: meaning.text, document, assumptions, notPossible: read.notPossible },
      { reading, given, test },
    )
    this.#good = {
      reply,
      by: heard.by.facts,
      proposal: await proposalOf(document),
      test,
      pointedOut: [...differences, ...additionsOf(reading, document), ...(meaning.isCutOff ? [CUT_OFF] : [])],
      isChecked: isComparable(reading) && reading.notUnderstood.length === 0,
      cachedAtMs: heard.cachedAtMs,
      ...claimed(meaning.text),
    }
    if (!neverTraded(test) || this.#hasAskedForTrades || this.#repairs >= talkLimits.repairs) return this.#good
    this.#hasAskedForTrades = true
    return yield* this.#mend({ call, text: neverTradedWords(test) })
  }

  /** A test that cannot be run says nothing against the rules. */
  async #test(document: StrategyDocument): Promise<TestFacts | undefined> {
    try {
      return await this.asked.tools.backtest?.(document, this.asked.signal)
    } catch (error) {
      this.asked.signal.throwIfAborted()
      return { ok: false, because: error instanceof Error ? error.message : String(error) }
    }
  }

  async *#mend(problem: Told): AsyncGenerator<TalkEvent, undefined> {
    this.#repairs++
    this.#lastProblem = problem.text
    yield { kind: "mending", because: problem.text }
    this.#tell({ ...problem, text: `This cannot be taken as it is:\n${problem.text}\nSend the whole again, mended.` })
  }

  #tell({ call, text }: Told): void {
    this.#transcript.push(call === undefined ? { kind: "told", text } : { kind: "tool", call, text })
  }

  #givenUp(): ModelFailure {
    const [first] = this.#lastProblem.split("\n")
    return new ModelFailure("badOutput", {
      because: `The model tried ${this.#repairs + this.#steps} times, and its answer still cannot be used: ${first}.`,
      nextStep: "Try again, choose a stronger model, or build with the guide.",
    })
  }
}

const MOST_PROBLEMS = 8

const CUT_OFF = "Its answer was cut off and completed: what came after that is missing. Ask it again to have it whole."

/** Kept beside our own sentence, for whoever wants to see what it wrote. */
function claimed(text: string): Pick<TalkResult, "wrote"> {
  const wrote = safeText(text)
  return claimsAct(wrote) ? { wrote } : {}
}

function neverTraded(test: TestFacts | undefined): test is Extract<TestFacts, { ok: true }> {
  return test?.ok === true && test.tradeCount === 0
}

function neverTradedWords({ neverHeld = [], words }: Extract<TestFacts, { ok: true }>): string {
  const which =
    neverHeld.length === 0
      ? "Its conditions never held together."
      : `This never held: ${neverHeld.slice(0, 4).join("; ")}.`
  return `In the test it never traded. ${which} ${words}\nKeep what the person said, and correct the rules so that they can come true (a breakout leaves its own candle out).`
}
