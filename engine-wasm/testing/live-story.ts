import { candlesFromRows } from "../host/candles/candles.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { defaultAccount, type AccountSettings } from "../host/run/backtest-request.ts"
import type { Engine } from "../host/run/engine/engine.ts"
import { LiveRun, type LiveFill } from "../host/run/live/live-run.ts"
import { strategySchema, type WrittenStrategy } from "../host/strategy/document/strategy-document.ts"

type Hour = [open: number, high: number, low: number, close: number]

/** A document that buys whenever the close is above the open and sells on a close below 50. */
export function buying(parts: Partial<WrittenStrategy> = {}): ReturnType<typeof strategySchema.parse> {
  return strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "Live",
    timeframe: "1h",
    size: { kind: "quote", amount: 100 },
    long: { enter: { all: ["close > open"] }, exit: { any: ["close < 50"] } },
    ...parts,
  })
}

/** A live run told hour by hour what happens. */
export class LiveStory {
  private hours = 1

  private constructor(readonly run: LiveRun) {}

  static async open(engine: Engine, strategy = buying(), account: Partial<AccountSettings> = {}): Promise<LiveStory> {
    const gate = candlesFromRows([[0, 100, 100, 100, 100, 1]], { timeframe: "1h" })
    if (!gate.ok) throw new Error(gate.because)
    const settings = { ...defaultAccount, cash: 1_000, feePercent: 0, slippagePercent: 0, minNotional: 0, ...account }
    const opened = await LiveRun.open(engine, { strategy, account: settings }, [
      { market: "A/USDT", candles: gate.candles },
    ])
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return new LiveStory(opened.run)
  }

  /** The next hour has closed; what the run asks for then. */
  hour([open, high, low, close]: Hour) {
    const openTimeMs = this.hours++ * HOUR_MS
    this.run.append(0, { openTimeMs, open, high, low, close, volume: 1 })
    this.run.advanceTo(this.nowMs)
    return this.run.takeIntents()
  }

  fill(intent: number | undefined, side: LiveFill["side"], quantity: number, price: number, coinFee = 0) {
    const taken = this.run.fill(0, { intent, side, quantity, price, fee: 0, coinFee, timeMs: this.nowMs })
    return { taken, asked: this.run.takeIntents() }
  }

  end(intent: number, end: Parameters<LiveRun["endOrder"]>[2]) {
    this.run.endOrder(0, intent, end, this.nowMs)
    return this.run.takeIntents()
  }

  get nowMs(): number {
    return this.hours * HOUR_MS
  }
}
