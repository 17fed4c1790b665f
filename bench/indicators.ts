import { type Candles } from "#engine/candles"
import { openSession, seriesIn, type Engine, type EngineSession } from "#engine/run"
import { fusedIndicators, type FusedIndicators } from "./fused-indicators.ts"
import { interleaved } from "./interleaved.ts"

const RUNS = 9
/** From here on every smoothing has forgotten its start. */
const SETTLED = 5_000

const formulas = [
  "sma(close, 20)",
  "ema(close, 20)",
  "rsi(close, 14)",
  "macd(close, 12, 26, 9)",
  "bbands(close, 20, 2)",
  "atr(14)",
  "adx(14)",
  "stoch(14, 3, 3)",
]

/** The loop's columns by the engine's names. */
const sameAs: Record<keyof FusedIndicators, string> = {
  sma: "sma(close, 20)",
  ema: "ema(close, 20)",
  rsi: "rsi(close, 14)",
  atr: "atr(14)",
  adx: "adx(14)",
  macd: "macd(close, 12, 26, 9).line",
  signal: "macd(close, 12, 26, 9).signal",
  histogram: "macd(close, 12, 26, 9).histogram",
  upper: "bbands(close, 20, 2).upper",
  middle: "bbands(close, 20, 2).middle",
  lower: "bbands(close, 20, 2).lower",
  width: "bbands(close, 20, 2).width",
  k: "stoch(14, 3, 3).k",
  d: "stoch(14, 3, 3).d",
}

/** Eight indicators, every output column of them, over candles in the engine's memory, against the hand-fused loop. */
export function measureIndicators(
  engine: Engine,
  candles: Candles,
): Record<
  | "eightIndicatorsRatioToFusedLoop"
  | "eightIndicatorsMilliseconds"
  | "eightIndicatorsWallMilliseconds"
  | "eightIndicatorsFusedMilliseconds",
  number
> {
  const session = openSession(engine, [{ market: "", candles }])
  assertSameIndicators(engine, candles)
  const { ratio, first, second } = interleaved(
    RUNS,
    () => inEngine(session),
    () => fusedIndicators(candles),
  )
  return {
    eightIndicatorsRatioToFusedLoop: ratio,
    eightIndicatorsMilliseconds: first.cpuMs,
    eightIndicatorsWallMilliseconds: first.wallMs,
    eightIndicatorsFusedMilliseconds: second.cpuMs,
  }
}

function inEngine(session: EngineSession): Record<string, Float64Array> {
  const answer = seriesIn(session, formulas, "1m")
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.series
}

/** Throws unless the loop's columns are the engine's. */
export function assertSameIndicators(engine: Engine, candles: Candles): void {
  const series = inEngine(openSession(engine, [{ market: "", candles }]))
  for (const [name, column] of Object.entries(fusedIndicators(candles)))
    assertSameColumn(name, series[sameAs[name as keyof FusedIndicators]], column)
}

function assertSameColumn(name: string, engine: Float64Array, byHand: Float64Array): void {
  for (let i = SETTLED; i < byHand.length; i++) {
    const differ = Math.abs(engine[i] - byHand[i]) > 1e-6 * Math.max(1, Math.abs(byHand[i]))
    // A window without any movement has no position in its range; the loop leaves that open.
    if (differ && byHand[i] === byHand[i])
      throw new Error(`The engine and the loop disagree on ${name} at candle ${i}: ${engine[i]} and ${byHand[i]}.`)
  }
}
