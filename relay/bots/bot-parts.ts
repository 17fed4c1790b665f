import type { Engine } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import type { KillSwitch } from "../guard/kill-switch.ts"
import type { BotRecord } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Cancel, Surroundings } from "../surroundings.ts"
import type { AccountDesk } from "./account-desk.ts"
import type { BotFigures } from "./bot-figures.ts"
import type { CandleRow } from "./engine-seat.ts"

/** Candles and prices of an exchange, for one bot. */
export type BotFeed = {
  /** Every candle that opened at or after `fromMs`, once it has closed, oldest first, each once. */
  follow(
    market: string,
    timeframe: StrategyDocument["timeframe"],
    fromMs: number,
    hear: (row: CandleRow) => void,
  ): Cancel
  watchPrice(market: string, hear: (price: number, atMs?: number) => void): Cancel
}

/** What a bot works with. */
export type BotParts = {
  bot: BotRecord
  strategy: StrategyDocument
  engine: Engine
  ledger: Ledger
  account: AccountDesk
  feed: BotFeed
  killSwitch: Pick<KillSwitch, "isOn">
  surroundings: Surroundings
  figures: BotFigures
  onBug: (error: unknown) => void
  /** The exchange no longer takes the account's key. */
  onKeyRefused: () => void
}
