import type { AnswerReply } from "#engine/idea"
import { timeframesMs } from "#engine/candles"
import type { Analysis } from "#models"
import { settleAnalyses } from "../../db/analyses.ts"
import type { SetUpModel } from "../../db/model-settings.ts"
import { isMadeUp } from "../../run/made-up.ts"
import type { ReadingApi } from "../../run/reading-worker.ts"
import address from "../../run/reading-worker.ts?worker&url"
import { BackgroundWorker } from "../../worker/background-worker.ts"
import type { Answered, Asked } from "../answer.ts"
import type { AskedMarket } from "./asked-about-market.ts"
import { keptOpinion } from "./kept-opinion.ts"
import { marketToRead, type MarketToRead } from "./market-to-read.ts"

let worker: BackgroundWorker<ReadingApi> | undefined

type About = { models: readonly SetUpModel[]; signal: AbortSignal; given: Answered["given"] }

/** What to think of a coin: our facts, read by a model where there is one; kept with its facts before its outcome is known. */
export async function analyseMarket(
  { coin }: AskedMarket,
  asked: Asked,
  { models, signal, given }: About,
): Promise<Answered> {
  const place = marketToRead(coin, asked.markets)
  if (!place) return { given, reply: reply(noCandles(coin)), lacksCoin: coin }
  worker ??= new BackgroundWorker<ReadingApi>(address)
  const facts = await worker.call((remote) => remote.read(place.market.id, place.timeframe))
  await settle(place)
  const { analysis, locked } = await keptOpinion({
    market: place.market.name,
    isMadeUp: isMadeUp(place.market),
    facts,
    models,
    signal,
  })
  const by = analysis.by.kind === "model" ? { by: { id: analysis.by.id, name: analysis.by.name, pointedOut: [] } } : {}
  return { given, reply: reply(wordsOf(analysis)), analysis, ...by, ...(locked ? { failed: locked } : {}) }
}

/** Outcomes of what was said of this market before, as far as its candles reach by now. */
async function settle({ market }: MarketToRead): Promise<void> {
  await settleAnalyses(market.name, async (_, timeMs) => {
    const [close] = await worker!.call((remote) => remote.closesAt(market.id, [timeMs]))
    return close
  }).catch(() => {})
}

function wordsOf({ market, facts, isMadeUp: isInvented, action, confidence }: Analysis): string {
  const lines = [
    `${market}: ${action}${confidence > 0 ? `, confidence ${confidence} of 100` : ""}. This is a reading of prices, not advice, and nothing is traded by it.`,
    ...(isInvented ? ["These prices are made up, so it says nothing about a real market."] : []),
    ...(isOld(facts) && !isInvented ? [OLD] : []),
  ]
  return lines.join("\n")
}

/** Facts of three candles ago are not of now. */
const OLD_CANDLES = 3
const OLD =
  "The candles in this browser end some time ago, so this is not about now. Update them under Data, and ask again."

function isOld({ closedMs, timeframe }: Analysis["facts"]): boolean {
  return Date.now() - closedMs > OLD_CANDLES * timeframesMs[timeframe]
}

function noCandles(coin: string): string {
  return `This browser has no candles of ${coin} yet, so there is nothing to read. Get them, or watch ${coin} live and keep what its chart shows; then ask again.`
}

function reply(text: string): AnswerReply {
  const none = { assumptions: [], notPossible: [], understood: [], notUnderstood: [] }
  return { kind: "answer", text, tools: ["market_facts"], language: "en", ...none }
}
