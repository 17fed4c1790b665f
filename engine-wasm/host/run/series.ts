import type { Candles } from "../candles/candles.ts"
import { seriesProgram } from "../strategy/compile/compile.ts"
import { encodeMarketSettings } from "./engine/encode-settings.ts"
import { encodeProgram } from "./engine/encode-program.ts"
import { openSession, type EngineSession } from "./engine/engine-session.ts"
import { bytesOf, put, view, type Engine } from "./engine/engine.ts"
import type { Program } from "../strategy/compile/program.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import { timeframeOf, type CandleTimeframe } from "../candles/timeframe.ts"
import type { ForecastModel } from "../strategy/model/forecast-model.ts"
import { Setting } from "../../assembly/account/setting.ts"

export type SeriesRequest = {
  candles: Candles
  formulas: string[]
  timeframe?: CandleTimeframe
  /** What `forecast("name")` and `regime("name")` mean. */
  models?: Readonly<Record<string, ForecastModel>>
}

/** Values of formulas by their text, one for each candle of the timeframe; NaN while not ready. Times ms, ascending. */
export type SeriesAnswer =
  | { ok: true; openTimeMs: Float64Array; series: Record<string, Float64Array> }
  | { ok: false; problems: StrategyProblem[] }

/** Computes formulas over candles with the engine of backtests. The timeframe defaults to the candles' own. */
export async function series(
  engine: Engine,
  { candles, formulas, timeframe, models }: SeriesRequest,
): Promise<SeriesAnswer> {
  const clock = timeframe ?? timeframeOf(candles.timeframeMs)
  if (!clock)
    return {
      ok: false,
      problems: [{ path: "timeframe", because: "these candles have no timeframe of ours; name one" }],
    }
  return seriesIn(openSession(engine, [{ market: "", candles }]), formulas, clock, models)
}

/**
 * The same over the candles of a session's first market, which are already in an engine. The columns lie in its
 * memory: whatever the session does next overwrites them.
 */
export function seriesIn(
  session: EngineSession,
  formulas: string[],
  timeframe: CandleTimeframe,
  models?: SeriesRequest["models"],
): SeriesAnswer {
  const compiled = seriesProgram(formulas, timeframe, session.markets[0].compile, models)
  if (!compiled.ok) return compiled
  return { ok: true, ...seriesOfProgram(session, compiled.program) }
}

/**
 * The values of a program's named series over one of the session's markets, by default the first. The columns lie in
 * the engine's memory: whatever the session does next overwrites them.
 */
export function seriesOfProgram(
  session: EngineSession,
  program: Program,
  market = 0,
): { openTimeMs: Float64Array; series: Record<string, Float64Array> } {
  start(session, program, market)
  const { instance } = session
  const { openTimeMs, timeframeMs } = session.markets[market].candles
  const registers = Int32Array.from(program.named, ({ register }) => register)
  const room = roomFor(session.markets[market].candles, program.clocks[program.strategyClock].timeframeMs)
  const endMs = (openTimeMs.at(-1) ?? 0) + timeframeMs
  const address = instance.computeSeries(put(instance, bytesOf(registers)), registers.length, room, endMs)
  const column = (n: number) => view(instance, address + n * room * 8, instance.computedRows())
  return {
    openTimeMs: column(0),
    series: Object.fromEntries(program.named.map(({ name }, n) => [name, column(n + 1)])),
  }
}

/** A month may be this much shorter than the longest one. */
const SHORTEST = 0.9

/** How many candles of a length there can be. */
function roomFor({ openTimeMs }: Candles, lengthMs: number): number {
  const spanMs = (openTimeMs.at(-1) ?? 0) - (openTimeMs[0] ?? 0)
  return Math.min(openTimeMs.length, Math.floor(spanMs / (lengthMs * SHORTEST)) + 2)
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
