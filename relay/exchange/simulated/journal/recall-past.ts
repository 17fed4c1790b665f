import { runCommand } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import type { ExchangeState } from "../protocol/operation.ts"
import { Refusal } from "../refusal.ts"
import { passAway } from "./away.ts"
import type { JournalEntry, Past } from "./kept-files.ts"
import { recallVenue } from "./venue-memory.ts"

/**
 * Gives a fresh exchange what the last run has left, and lets the time pass since: up to `untilMs`, when it may have
 * been there still, moment by moment. The price that a live exchange followed last is an old one: the candles of the
 * time since say what it was.
 */
export function recallPast(
  exchange: Exchange,
  past: Past,
  { untilMs, isLive }: { untilMs: number; isLive: boolean },
): void {
  const { clock, log } = exchange
  const { venue } = exchange.state
  recallAll(exchange, past)
  if (isLive) for (const market of venue.markets.values()) market.unfollow()
  // Where the wall clock was set back, the exchange stays ahead of it.
  if (clock.nowMs() < venue.nowMs) clock.advance(venue.nowMs - clock.nowMs())
  venue.advanceTo(Math.min(untilMs, clock.nowMs()))
  passAway(venue, clock.nowMs())
  log.clear()
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
