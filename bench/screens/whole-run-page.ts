import { syntheticCandles, type Timeframe } from "#engine/candles"
import { metricsOf } from "#engine/result"
import { backtestIn, defaultAccount, loadEngine, openSession, runRecord } from "#engine/run"
import { strategyFromJson, strategyTemplates } from "#engine/strategy"

const RUNS = 21

Object.assign(globalThis, { wholeRun })

/** The minimum of interleaved runs: of the app's whole call, and of run and metrics alone. */
async function wholeRun(engineBase64: string, candles: number, timeframe: Timeframe) {
  const engine = await loadEngine(Uint8Array.from(atob(engineBase64), (letter) => letter.charCodeAt(0)))
  const market = syntheticCandles({
    seed: 7,
    candles,
    timeframe,
    startMs: Date.UTC(2023, 0, 1),
    startPrice: 30_000,
    kind: "mixed",
  })
  const session = openSession(engine, [{ market: "BENCH/USD", candles: market }])
  const checked = strategyFromJson({ ...strategyTemplates[0].document, timeframe })
  if (!checked.ok) throw new Error(checked.problems[0].because)
  const plan = { strategy: checked.strategy, account: defaultAccount }
  const [whole, alone]: number[][] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    whole.push(await tookMs(() => backtestIn(session, plan)))
    alone.push(
      await tookMs(() => {
        const record = runRecord(session, plan)
        return record.ok ? metricsOf(record.record) : undefined
      }),
    )
  }
  const [wholeMs, aloneMs] = [Math.min(...whole), Math.min(...alone)]
  return { wholeMs, aloneMs, ratio: wholeMs / aloneMs }
}

async function tookMs(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
