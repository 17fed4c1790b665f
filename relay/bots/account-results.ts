import { DAY_MS, MINUTE_MS } from "#engine/candles"
import type { Results } from "../guard/entry-check.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import type { BotRunner } from "./bot-runner.ts"

/** A bot that ended longer ago has no part in today. */
const RECENT_MS = 2 * DAY_MS
const RECENT_FOR_MS = MINUTE_MS

type ResultsDeps = { accountId: string; ledger: Ledger; surroundings: Surroundings }

/**
 * How an account's bots stand together, from what is kept: a restart, a clock set back, a new name, and a bot that was
 * ended or removed change nothing (trust.md, I5).
 */
export class AccountResults {
  #recent: { atMs: number; ids: Promise<string[]> } | undefined

  constructor(private readonly deps: ResultsDeps) {}

  /** At a time of the exchange, with the bots that run. */
  async at(nowMs: number, runners: Iterable<BotRunner>): Promise<Results> {
    const running = new Map([...runners].map((runner) => [runner.bot.id, runner]))
    const sums = { dayProfit: 0, dayStart: 0, now: 0, most: 0 }
    for (const id of new Set([...running.keys(), ...(await this.recentBots())])) {
      const runner = running.get(id)
      const { before, now, most } = await this.#resultOf(id, runner, nowMs)
      // One that ended before today has no part in it.
      if (runner === undefined && before === now) continue
      sums.dayProfit += now - before
      sums.dayStart += before
      sums.now += now
      sums.most += most
    }
    const drawdownPercent = sums.most > 0 ? (1 - sums.now / sums.most) * 100 : 0
    return { dayProfit: sums.dayProfit, dayStart: sums.dayStart, drawdownPercent }
  }

  /** Bots that may have a part in today; those that run now are known anyway. */
  recentBots(): Promise<string[]> {
    const { accountId, ledger, surroundings } = this.deps
    const nowMs = surroundings.steadyMs()
    if (this.#recent && nowMs - this.#recent.atMs < RECENT_FOR_MS) return this.#recent.ids
    const ids = ledger.botsSince(accountId, surroundings.nowMs() - RECENT_MS)
    this.#recent = { atMs: nowMs, ids }
    ids.catch(() => (this.#recent = undefined))
    return ids
  }

  async #resultOf(id: string, runner: BotRunner | undefined, nowMs: number) {
    const kept = await this.deps.ledger.equity(id, Math.floor(nowMs / DAY_MS) * DAY_MS)
    const began = runner === undefined ? (kept.first ?? 0) : Number(runner.bot.cash)
    const before = kept.before ?? began
    const now = runner?.equity() ?? kept.last ?? before
    return { before, now, most: Math.max(kept.most ?? 0, began, now) }
  }
}
