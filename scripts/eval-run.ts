import { readIdea, type Reply } from "#engine/idea"
import { firstPrices, MemoryAnswers, MemoryLedger, ModelDesk, type ModelProvider, type ModelWorld, talk } from "#models"
import { type Compare, givenFor, type Idea, type IdeaSet } from "./eval-ideas.ts"

/** How one idea was answered. */
export type Judged = {
  idea: Idea
  reply: Reply | undefined
  /** Empty where it passed. */
  why: string[]
  latencyMs: number
  inputTokens: number
  outputTokens: number
  /** null where the price is unknown. */
  costMicroDollars: number | null
}

type EvalOptions = {
  set: IdeaSet
  /** Without one, the interpreter answers. */
  provider?: ModelProvider
  world: ModelWorld
  compare?: Compare
  /** The interpreter first, as in the chat; a model otherwise answers everything. */
  isAsInChat?: boolean
  onJudged?: (judged: Judged) => void
}

/** Puts every idea to the interpreter or to a model, and lets the judge look at each reply. */
export async function evaluate(options: EvalOptions): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const idea of options.set.ideas) {
    const one = await judgedIdea(idea, options)
    options.onJudged?.(one)
    judged.push(one)
  }
  return judged
}

async function judgedIdea(
  idea: Idea,
  { set, provider, world, compare, isAsInChat = false }: EvalOptions,
): Promise<Judged> {
  const given = givenFor(idea)
  const beganMs = world.nowMs()
  const reading = readIdea(idea.say, { given })
  const ledger = new MemoryLedger()
  const answered =
    provider === undefined
      ? { reply: reading }
      : await asked(idea, { provider, world, ledger, reading, given, isAsInChat })
  const calls = await ledger.since(0)
  const sum = (count: (call: (typeof calls)[number]) => number) => calls.reduce((all, call) => all + count(call), 0)
  return {
    idea,
    reply: answered.reply,
    why: answered.reply === undefined ? [answered.because ?? "no reply"] : set.failures(idea, answered.reply, compare),
    latencyMs: world.nowMs() - beganMs,
    inputTokens: sum(({ usage }) => usage.uncached + usage.cachedRead + usage.cachedWrite),
    outputTokens: sum(({ usage }) => usage.output),
    costMicroDollars: calls.some((call) => call.costMicroDollars === null)
      ? null
      : sum((call) => call.costMicroDollars ?? 0),
  }
}

type Asked = {
  provider: ModelProvider
  world: ModelWorld
  ledger: MemoryLedger
  reading: Reply
  given: ReturnType<typeof givenFor>
  isAsInChat: boolean
}

async function asked(
  idea: Idea,
  { provider, world, ledger, reading, given, isAsInChat }: Asked,
): Promise<{ reply?: Reply; because?: string }> {
  let id = 0
  const budget = { dayMicroDollars: null, monthMicroDollars: null, allowsUnknownPrices: true }
  const desk = new ModelDesk({
    world,
    ledger,
    answers: new MemoryAnswers(),
    prices: () => firstPrices,
    budget: () => budget,
    newId: () => String(++id),
  })
  const purpose = given === undefined ? "build" : "change"
  const { signal } = new AbortController()
  for await (const event of talk({
    say: idea.say,
    reading,
    given,
    desk,
    providers: [provider],
    tools: {},
    purpose,
    signal,
    alwaysAsk: !isAsInChat,
  })) {
    if (event.kind === "reply") return { reply: event.result.reply }
    if (event.kind === "failed") return { because: event.because }
  }
  return {}
}
