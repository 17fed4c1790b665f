import { loadModelSettings } from "../db/model-settings.ts"
import { answered, relay } from "../relay-client/relay.ts"

export type Opinion = Awaited<ReturnType<typeof askList>>[number]
type Standing = Awaited<ReturnType<typeof askWatch>>
/** What the relay looks at by itself: the markets, how often, who says it, and for how much. */
export type OpinionWatch = Omit<Standing, "nextMs" | "dayMicroDollars" | "monthMicroDollars">
/** Who may say it: our own rules, or a model whose key the relay keeps. */
export type Speaker = { value: string; label: string; model: OpinionWatch["model"] }
export type RelayOpinions = {
  watch: OpinionWatch
  nextMs: number | null
  dayMicroDollars: number
  opinions: readonly Opinion[]
  /** How often they were right, in words. */
  inWords: string
  speakers: readonly Speaker[]
}

async function askList() {
  const answer = await answered(relay.analyses.$get())
  return (await answer.json()).items
}

async function askWatch() {
  const answer = await answered(relay.analyses.watch.$get())
  return answer.json()
}

/** How the relay's own looking stands, and what came of it. */
export async function askOpinions(): Promise<RelayOpinions> {
  const [standing, opinions, record] = await Promise.all([
    askWatch(),
    askList(),
    answered(relay.analyses.record.$get()),
  ])
  const { nextMs, dayMicroDollars, monthMicroDollars: _, ...watch } = standing
  const { inWords } = await record.json()
  return { watch, nextMs, dayMicroDollars, opinions, inWords, speakers: await speakersFor(watch) }
}

export async function changeOpinionWatch(json: OpinionWatch): Promise<void> {
  await answered(relay.analyses.watch.$put({ json }))
}

async function speakersFor({ model }: OpinionWatch): Promise<Speaker[]> {
  const { models } = await loadModelSettings()
  const own = models.flatMap((each): Speaker[] =>
    each.kind === "server" && each.key.at === "relay" ? [speaker({ keyId: each.key.id, model: each.model })] : [],
  )
  const rules: Speaker = { value: "", label: "Candlewright's own rules", model: null }
  const isNamed = model === null || own.some(({ value }) => value === speaker(model).value)
  return [rules, ...own, ...(isNamed ? [] : [speaker(model)])]
}

function speaker(model: NonNullable<OpinionWatch["model"]>): Speaker {
  return { value: `${model.keyId} ${model.model}`, label: model.model, model }
}
