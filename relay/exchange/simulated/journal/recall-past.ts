import { runCommand } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import type { ExchangeState } from "../protocol/operation.ts"
import type { KnownSource } from "../market/known-source.ts"
import { MOST_SILENT_MS } from "../market/live-feed.ts"
import { Refusal } from "../refusal.ts"
import { passAway } from "./away.ts"
import type { JournalEntry, Past } from "./kept-files.ts"
import { recallVenue } from "./venue-memory.ts"

/**
 * Gives a fresh exchange what the last run has left, and lets the time pass since: up to `untilMs`, when it may have
 * been there still, moment by moment. An exchange that follows another one's prices (`live` is its source) lives its
 * time again with the minutes that were known then and the price that was heard last; after that, the candles say
 * what the price was.
 */
export function recallPast(
  exchange: Exchange,
  past: Past,
  { untilMs, live }: { untilMs: number; live: KnownSource | undefined },
): void {
  const { clock, log } = exchange
  const { venue } = exchange.state
  if (live) live.asOf(past.snapshot.knownUntilMs ?? Infinity, () => recallFollowed(exchange, past, untilMs))
  else recallAll(exchange, past)
  // Where the wall clock was set back, the exchange stays ahead of it.
  if (clock.nowMs() < venue.nowMs) clock.advance(venue.nowMs - clock.nowMs())
  venue.advanceTo(Math.min(untilMs, clock.nowMs()))
  passAway(venue, clock.nowMs())
  log.clear()
}

/** Of the last price something may have been filled already, and told, before the next price was kept. */
function recallFollowed(exchange: Exchange, past: Past, untilMs: number): void {
  const { venue } = exchange.state
  recallAll(exchange, past)
  venue.advanceTo(Math.min(untilMs, exchange.clock.nowMs(), venue.nowMs + MOST_SILENT_MS))
  for (const market of venue.markets.values()) market.unfollow()
}

function recallAll({ state, report }: Exchange, { snapshot, entries, ended }: Past): void {
  recallVenue(state.venue, snapshot.memory, ended)
  for (const key of snapshot.keys) state.keys.set(key.apiKey, key)
  for (const entry of entries) {
    if ("key" in entry) state.keys.set(entry.key.apiKey, entry.key)
    if ("command" in entry) repeat(state, entry, report)
  }
}

/** What went wrong the first time goes wrong again, and changes as much. */
function repeat(
  state: ExchangeState,
  { atMs, command }: Extract<JournalEntry, { atMs: number }>,
  report: (error: unknown) => void,
): void {
  state.venue.advanceTo(atMs)
  try {
    runCommand(state, command)
  } catch (error) {
    if (!(error instanceof Refusal)) report(error)
  }
}
