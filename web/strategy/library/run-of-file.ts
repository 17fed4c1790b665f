import { timeframeOf } from "#engine/candles"
import {
  chosenParams,
  type ParamValues,
  type StrategyDocument,
  strategyFromJson,
  strategyWithValues,
} from "#engine/strategy"
import { marketId } from "../../db/market-id.ts"
import { listMarkets } from "../../db/market-catalogue.ts"
import { sampleMarket } from "../../db/sample-market.ts"
import { MOST_MARKETS, type RunSetup, setupFromSearch } from "../../run/run-setup.ts"
import { settingsOf } from "../../run/settings-of.ts"
import { isMoment } from "./past-of-file.ts"

/** How the run of a file was made, as far as this app can make it again. */
export type TestedAs = {
  setup: RunSetup
  markets: { market: string; lengthMs: number }[]
}

export type RunOfFile = { document: unknown; tested: TestedAs }

/** The strategy in the setup of a run's file, its sliders where they were; undefined where an earlier Candlewright wrote it without. */
export function runOfFile(setup: Record<string, unknown>): RunOfFile | undefined {
  const { document, params, account, markets, fromMs, toMs } = setup
  if (document === undefined) return undefined
  const checked = strategyFromJson(document)
  const read = setupFromSearch(textsOf(partsOf(account)))
  return {
    document: checked.ok ? withValues(checked.strategy, partsOf(params)) : document,
    tested: {
      setup: { ...read, fromMs: momentFrom(fromMs), toMs: momentFrom(toMs) },
      markets: (Array.isArray(markets) ? markets : []).slice(0, MOST_MARKETS).map(marketFrom),
    },
  }
}

type SettingsHere = {
  /** As the library keeps them; without market and period where this browser lacks a market. */
  settings: string
  /** The run's own: a market that is lacking has the id it would get here. */
  address: string
  lacks: string[]
}

/** How a run was tested, in terms of the markets this browser has. */
export async function settingsHere({ setup, markets }: TestedAs): Promise<SettingsHere> {
  const here = [sampleMarket, ...(await listMarkets())]
  const ids = markets.map(
    ({ market, lengthMs }) => here.find(({ name, timeframeMs }) => name === market && timeframeMs === lengthMs)?.id,
  )
  const lacks = markets.filter((_, at) => ids[at] === undefined).map(({ market }) => market)
  const [market, ...also] = ids.filter((id) => id !== undefined)
  const isWhole = lacks.length === 0 && market !== undefined
  const where = isWhole ? { market, also } : { fromMs: undefined, toMs: undefined }
  const [own, ...beside] = ids.map((id, at) => id ?? idWithoutCandles(markets[at]))
  const address = settingsOf({ ...setup, market: own ?? setup.market, also: beside })
  return { settings: settingsOf({ ...setup, ...where }), address, lacks }
}

function idWithoutCandles({ market, lengthMs }: TestedAs["markets"][number]): string {
  return marketId(market, timeframeOf(lengthMs) ?? "", new Set())
}

/** Values that are none of the strategy's are left out, all of them: the sliders then stay where the document has them. */
function withValues(strategy: StrategyDocument, params: Record<string, unknown>): StrategyDocument {
  const chosen = chosenParams(strategy, params as ParamValues)
  return chosen.ok ? strategyWithValues(strategy, chosen.values) : strategy
}

/** As the address has them, which refuses what is out of bounds. */
function textsOf(account: Record<string, unknown>): Record<string, string> {
  const { cash, feePercent, slippagePercent, delayCandles, fills, leverage } = account
  const named = { cash, fee: feePercent, slippage: slippagePercent, delay: delayCandles, fills, leverage }
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, String(value)]))
}

function marketFrom(value: unknown): TestedAs["markets"][number] {
  const { market, lengthMs } = partsOf(value)
  return { market: String(market).slice(0, MOST_NAME_LETTERS), lengthMs: Number(lengthMs) }
}

const MOST_NAME_LETTERS = 500

function momentFrom(value: unknown): number | undefined {
  return isMoment(value) ? value : undefined
}

function partsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>
}
