import type { Candles } from "../candles/candles.ts"
import { seriesProgram } from "../strategy/compile/compile.ts"
import { encodeMarketSettings } from "./engine/encode-settings.ts"
import { encodeProgram } from "./engine/encode-program.ts"
import { openSession, type EngineSession } from "./engine/engine-session.ts"
import { put, view, type Engine } from "./engine/engine.ts"
import { GrowingColumn } from "../candles/file/growing-column.ts"
import type { Program } from "../strategy/compile/program.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import { timeframeOf, type CandleTimeframe } from "../candles/timeframe.ts"
import { Setting } from "../../assembly/account/setting.ts"

export type SeriesRequest = { candles: Candles; formulas: string[]; timeframe?: CandleTimeframe }

/** Values of formulas by their text, one for each candle of the timeframe; NaN while not ready. Times ms, ascending. */
export type SeriesAnswer =
  | { ok: true; openTimeMs: Float64Array; series: Record<string, Float64Array> }
  | { ok: false; problems: StrategyProblem[] }

/** Computes formulas over candles with the engine of backtests. The timeframe defaults to the candles' own. */
export async function series(engine: Engine, { candles, formulas, timeframe }: SeriesRequest): Promise<SeriesAnswer> {
  const clock = timeframe ?? timeframeOf(candles.timeframeMs)
  if (!clock)
    return {
      ok: false,
      problems: [{ path: "timeframe", because: "these candles have no timeframe of ours; name one" }],
    }
  return seriesIn(openSession(engine, [{ market: "", candles }]), formulas, clock)
}

/** The same over the candles of a session's first market, which are already in an engine. */
export function seriesIn(session: EngineSession, formulas: string[], timeframe: CandleTimeframe): SeriesAnswer {
  const compiled = seriesProgram(formulas, timeframe, session.markets[0].compile)
  if (!compiled.ok) return compiled
  return { ok: true, ...seriesOfProgram(session, compiled.program) }
}

/** The values of a program's named series over one of the session's markets, by default the first. */
export function seriesOfProgram(
  session: EngineSession,
  program: Program,
  market = 0,
): { openTimeMs: Float64Array; series: Record<string, Float64Array> } {
  start(session, program, market)
  const { instance } = session
  const { openTimeMs, timeframeMs } = session.markets[market].candles
  const most = Math.ceil((openTimeMs.length * timeframeMs) / program.clocks[program.strategyClock].timeframeMs) + 1
  const times = new GrowingColumn(most)
  const columns = program.named.map(() => new GrowingColumn(most))
  const endMs = (openTimeMs.at(-1) ?? 0) + timeframeMs
  while (instance.compute(endMs) > 0) {
    const count = instance.strategyCount(0)
    times.append(view(instance, instance.strategyTimes(0), count))
    program.named.forEach(({ register }, n) =>
      columns[n].append(view(instance, instance.registerAddress(0, register), count)),
    )
  }
  return {
    openTimeMs: times.taken(),
    series: Object.fromEntries(program.named.map(({ name }, n) => [name, columns[n].taken()])),
  }
}

function start({ instance, markets, mark }: EngineSession, program: Program, at: number): void {
  const market = markets[at]
  instance.release(mark)
  const rules = Float64Array.from(
    encodeMarketSettings(
      { minNotional: 0, quantityStep: 0, priceTick: 0 },
      market.candles,
      market.extras,
      market.candles.timeframeMs,
    ),
  )
  const settings = new Float64Array(Setting.length)
  instance.begin(1, put(instance, new Uint8Array(settings.buffer)), put(instance, new Uint8Array(rules.buffer)))
  instance.setMarket(
    0,
    put(instance, encodeProgram(program, market.extras)),
    market.columns,
    market.candles.openTimeMs.length,
    market.candles.timeframeMs,
  )
  instance.start()
}
