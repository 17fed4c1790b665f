import { backtest } from "../host/run/backtest.ts"
import { defaultAccount, type AccountSettings } from "../host/run/backtest-request.ts"
import { loadEngine } from "../host/run/engine/engine.ts"
import { sha256Hex } from "../host/candles/sha256.ts"
import { strategyFromJson } from "../host/strategy/document/strategy-document-from-json.ts"
import { syntheticCandles } from "../host/candles/synthetic/synthetic-candles.ts"
import { strategyTemplates } from "../host/strategy/templates/templates.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"
import everyPart from "../fixtures/strategies/every-part.json" with { type: "json" }

/** sha256 of a run's equity column and of its trades as JSON. */
export type ResultHash = { equity: string; trades: string }

type Story = { name: string; strategy: unknown; base: Timeframe; candles: number; account?: Partial<AccountSettings> }

const oldest = ["sma-cross", "rsi-dip", "bollinger-breakout", "donchian-trend", "buy-and-hold"]
const templates = (wanted: (id: string) => boolean): Story[] =>
  strategyTemplates
    .filter(({ id }) => wanted(id))
    .map(({ id, document }) => ({ name: id, strategy: document, base: "1h", candles: 20_000 }))
// A story's place is its seed: new ones come last, so that the bits of the old ones stay on record.
const stories: Story[] = [
  ...templates((id) => oldest.includes(id)),
  {
    name: "every part, finer candles",
    strategy: everyPart,
    base: "5m",
    candles: 60_000,
    account: { slippagePercent: 0.05, delayCandles: 1 },
  },
  {
    name: "exchange rules",
    strategy: strategyTemplates[1].document,
    base: "15m",
    candles: 40_000,
    account: { feeFrom: "received", minNotional: 10, quantityStep: 0.001, priceTick: 0.01 },
  },
  ...templates((id) => !oldest.includes(id)),
]

/** Runs every story over a seeded market. The same bits everywhere, or the hashes differ. */
export async function resultHashes(engineBytes: BufferSource): Promise<Record<string, ResultHash>> {
  const engine = await loadEngine(engineBytes)
  const hashes: Record<string, ResultHash> = {}
  for (const [n, story] of stories.entries()) {
    const checked = strategyFromJson(story.strategy)
    if (!checked.ok) throw new Error(`${story.name}: ${JSON.stringify(checked.problems)}`)
    const candles = syntheticCandles({
      seed: n + 1,
      candles: story.candles,
      timeframe: story.base,
      startMs: Date.UTC(2023, 0, 1),
      startPrice: 100,
      kind: "mixed",
    })
    const market = checked.strategy.markets[0] ?? "SEED/USD"
    const run = await backtest(engine, {
      strategy: checked.strategy,
      markets: [{ market, candles }],
      account: { ...defaultAccount, ...story.account },
    })
    if (!run.ok) throw new Error(`${story.name}: ${JSON.stringify(run.problems)}`)
    hashes[story.name] = {
      equity: await sha256Hex(run.result.equity.equity.slice()),
      trades: await sha256Hex(new TextEncoder().encode(JSON.stringify(run.result.trades))),
    }
  }
  return hashes
}
