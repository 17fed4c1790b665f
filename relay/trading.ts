import type { Venue } from "#venues"
import { AnalysisStore } from "./analyses/analysis-store.ts"
import { CallStore } from "./signals/call-store.ts"
import { carryingBots } from "./signals/carried-models.ts"
import { ForecastWork } from "./signals/forecast-work.ts"
import { ModelStore } from "./signals/model-store.ts"
import { Signals } from "./signals/signals.ts"
import { Analyses } from "./analyses/analyses.ts"
import { Drafts } from "./assistants/drafts.ts"
import type { Workbench } from "./assistants/workbench.ts"
import { AccountDesks } from "./bots/account-desks.ts"
import { BotFigures } from "./bots/bot-figures.ts"
import { Bots } from "./bots/bots.ts"
import { HandOrders } from "./bots/hand/hand-orders.ts"
import { TradeSignals } from "./bots/trade-signal.ts"
import { builtEngine, engineFor } from "./built-engine.ts"
import { AccountExchanges } from "./desk/account-exchanges.ts"
import { AccountQuestions } from "./desk/account-questions.ts"
import { MarketFeeds } from "./desk/market-feeds.ts"
import { ownModel } from "./hosted-models/own-model.ts"
import { KeptCandles } from "./desk/kept-candles.ts"
import { PublicMarkets } from "./desk/public-markets.ts"
import type { VenueWays } from "./desk/venue-ways.ts"
import type { PaperExchange } from "./exchange/paper-exchange.ts"
import type { PracticeExchange } from "./exchange/practice-exchange.ts"
import { Jobs } from "./jobs/jobs.ts"
import type { Records } from "./records.ts"
import type { RelayStore } from "./store/relay-store.ts"
import type { Surroundings } from "./surroundings.ts"

/** Everything of a relay that reaches exchanges. */
export type Trading = {
  questions: AccountQuestions
  bots: Bots
  hand: HandOrders
  figures: BotFigures
  jobs: Jobs
  publicMarkets: PublicMarkets
  signals: TradeSignals
  analyses: Analyses
  forecasts: Signals
  workbench: Workbench
  close(): Promise<void>
}

type TradingDeps = {
  store: Pick<RelayStore, "database">
  dataDirectory: string
  records: Records
  ways: VenueWays
  venues: readonly Venue[]
  practice: PracticeExchange | undefined
  paper?: PaperExchange
  surroundings: Surroundings
  print: (line: string) => void
  onBug: (error: unknown) => void
}

/** Opens it; nothing is traded before `bots.begin()`, and no long work begins before `jobs.begin()`. */
export function openTrading(deps: TradingDeps): Trading {
  const { records, ways, venues, practice, paper, surroundings, print, onBug } = deps
  const { accounts, audit, ledger, history, requests, killSwitch } = records
  const exchanges = new AccountExchanges({ accounts, ways, practice, paper, surroundings, print })
  const feeds = new MarketFeeds({ venues, practice, paper, surroundings, onBug })
  const desks = new AccountDesks({ accounts, exchanges, ledger, history, killSwitch, surroundings, onBug })
  const candles = new KeptCandles({ dataDirectory: deps.dataDirectory, feeds, surroundings })
  const publicMarkets = new PublicMarkets({ feeds, surroundings })
  const jobs = new Jobs({ database: deps.store.database, candles, publicMarkets, surroundings, onBug })
  const engine = builtEngine()
  const figures = new BotFigures()
  const bots = new Bots({
    accounts,
    audit,
    ledger,
    desks,
    feeds,
    killSwitch,
    surroundings,
    figures,
    onBug,
    engineFor: async (strategy) => {
      const built = await engine
      if (built === undefined) throw new Error("The engine is not built yet; run `npm run build` once.")
      return engineFor(strategy, built)
    },
  })
  const hand = new HandOrders({ accounts, audit, ledger, history, requests, desks, killSwitch, surroundings, onBug })
  const analyses = new Analyses({
    store: new AnalysisStore(deps.store.database),
    audit,
    publicMarkets,
    engine,
    modelAt: (model) => ownModel({ keys: records.modelKeys, surroundings }, model),
    surroundings,
    onBug,
  })
  const forecasts = new Signals({
    calls: new CallStore(deps.store.database),
    models: new ModelStore(deps.store.database),
    audit,
    feeds,
    publicMarkets,
    engine,
    work: new ForecastWork({ candles, publicMarkets, surroundings, onBug }),
    carriers: () => carryingBots({ ledger, accounts }),
    tell: (kind, words) => records.notices.tell(kind, words),
    surroundings,
    onBug,
  })
  const signals = new TradeSignals({ bots, accounts, history, publicMarkets, analyses, forecasts, engine })
  const drafts = new Drafts({ dataDirectory: deps.dataDirectory, surroundings })
  const workbench = { jobs, publicMarkets, drafts, surroundings }
  const close = async () => {
    await analyses.end()
    await forecasts.end()
    await jobs.end()
    await bots.end()
    await hand.end()
    await candles.close()
    feeds.close()
    await exchanges.close()
  }
  return {
    questions: new AccountQuestions({ accounts, exchanges }),
    bots,
    hand,
    figures,
    jobs,
    publicMarkets,
    signals,
    analyses,
    forecasts,
    workbench,
    close,
  }
}

/** What is wrong now and wants its owner's eyes, by name. */
export function troublesOf(
  bots: Pick<Bots, "failures">,
  killSwitch: Pick<Records["killSwitch"], "isOn">,
): Map<string, string> {
  const troubles = bots.failures()
  if (killSwitch.isOn) troubles.set("kill", "The kill switch is on: nothing that adds risk leaves.")
  return troubles
}
