import { MOST_CURVE_POINTS, type ReportCurve } from "../report-curve.ts"
import type { RunJson } from "./run-json.ts"

/** The money after each trade: all that a run's bare figures know of its curve. */
export function curveOfTrades({ trades, metrics }: Pick<RunJson, "trades" | "metrics">): Omit<ReportCurve, "holding"> {
  const start = typeof metrics.startEquity === "number" ? metrics.startEquity : 0
  const inOrder = trades.toSorted((one, other) => one.exitTimeMs - other.exitTimeMs)
  const firstMs = trades.reduce((first, { entryTimeMs }) => Math.min(first, entryTimeMs), Infinity)
  let [money, peak] = [start, start]
  const points = inOrder.map(({ exitTimeMs, profit }) => {
    money += profit
    peak = Math.max(peak, money)
    return { timeMs: exitTimeMs, money, below: peak > 0 ? 100 * (1 - money / peak) : 0 }
  })
  const stride = Math.ceil(points.length / MOST_CURVE_POINTS) || 1
  const shown = points.filter((_, n) => n % stride === 0 || n === points.length - 1)
  const all = trades.length > 0 ? [{ timeMs: firstMs, money: start, below: 0 }, ...shown] : []
  return {
    openTimeMs: all.map(({ timeMs }) => timeMs),
    equity: all.map((point) => point.money),
    underwaterPercent: all.map(({ below }) => below),
  }
}
