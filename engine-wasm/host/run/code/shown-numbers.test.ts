import { expect, test } from "vitest"
import { codeDocument, codeEngine } from "../../../testing/code-story.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { defaultAccount } from "../backtest-request.ts"
import { backtestIn } from "../backtest.ts"
import { openSession } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { SLICE_CANDLES } from "../engine/simulate.ts"

const market = (seed: number, candles = 3_000) => ({
  market: `SEED${seed}/USDT`,
  candles: syntheticCandles({
    seed,
    candles,
    timeframe: "1h",
    startMs: Date.UTC(2015, 0, 1),
    startPrice: 100 * seed,
    kind: "mixed",
  }),
})

async function shownBy(engine: Engine, strategy: StrategyDocument, markets = [market(1), market(2)], seriesOf = 1) {
  const run = await backtestIn(openSession(engine, markets), { strategy, account: defaultAccount }, { seriesOf })
  if (!run.ok || !run.series?.ok) throw new Error(JSON.stringify(run).slice(0, 500))
  return run.series
}

const showing = (line: string) => `import { Candle, Strategy } from "candlewright"

export class Showing extends Strategy {
  count: i32 = 0

  onCandle(candle: Candle): void {
    this.count += 1
    ${line}
  }
}
`

test("a line that begins late is unknown before, also where a run takes several slices", async () => {
  const source = showing(`this.showPrice("high", candle.high)
    if (this.count > ${SLICE_CANDLES + 10} && this.count % 2 == 0) this.show("late.even", this.count)`)
  const long = market(3, SLICE_CANDLES + 30)
  const { series, openTimeMs } = await shownBy(await codeEngine(source), codeDocument(source), [long], 0)
  expect(openTimeMs).toEqual(long.candles.openTimeMs)
  expect(series[0].values).toEqual(long.candles.high)
  expect(series[1]).toMatchObject({ name: "late.even", group: "late", isPrice: false })
  expect([...series[1].values].flatMap((value, at) => (value === at + 1 ? [value - SLICE_CANDLES] : []))).toEqual([
    12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
  ])
  expect(series[1].values.filter((value) => !Number.isNaN(value))).toHaveLength(10)
})

test("sixteen lines are kept, one more is left out, and the last number of a candle counts", async () => {
  const source = showing(
    'for (let n = 0; n < 20; n++) { this.show("n" + n.toString(), -1); this.show("n" + n.toString(), n) }',
  )
  const { series } = await shownBy(await codeEngine(source), codeDocument(source))
  expect(series.map(({ name, values }) => [name, values[7]])).toEqual(
    Array.from({ length: 16 }, (_, n) => [`n${n}`, n]),
  )
})

test("a strategy that shows nothing has no lines, and showing changes no trade", async () => {
  const quiet = showing("if (this.count % 50 == 0) this.buy().stop(candle.close * 0.99)")
  const loud = quiet.replace("this.count += 1", 'this.count += 1; this.show("count", this.count)')
  const [a, b] = await Promise.all(
    [quiet, loud].map(async (source) =>
      backtestIn(
        openSession(await codeEngine(source), [market(4)]),
        { strategy: codeDocument(source), account: defaultAccount },
        { seriesOf: 0 },
      ),
    ),
  )
  if (!a.ok || !b.ok) throw new Error("neither is refused")
  expect(a.series).toMatchObject({ ok: true, series: [] })
  expect(b.series).toMatchObject({ ok: true, series: [{ name: "count" }] })
  expect(b.result.trades).toEqual(a.result.trades)
  expect(a.result.trades.length).toBeGreaterThan(10)
})
