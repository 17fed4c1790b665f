import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import type { ClosedCandle } from "../exchange/exchange.ts"
import { correlationOf, Correlations } from "./correlations.ts"

const NOW_MS = 1_000 * HOUR_MS + 5
const moves = (values: number[]) => new Map(values.map((value, n) => [n, value]))
const wave = (length: number, shift: number) => Array.from({ length }, (_, n) => Math.sin(n + shift))

test("the same moves correlate fully, opposite ones fully the other way, too few or none not at all", () => {
  const up = wave(100, 0)
  expect(correlationOf(moves(up), moves(up.map((value) => value * 3 + 1)))).toBeCloseTo(1, 12)
  expect(correlationOf(moves(up), moves(up.map((value) => -value)))).toBeCloseTo(-1, 12)
  // numpy.corrcoef(np.sin(np.arange(100)), np.sin(np.arange(100) + 1))[0, 1]
  expect(correlationOf(moves(up), moves(wave(100, 1)))).toBeCloseTo(0.543986396, 9)
  expect(correlationOf(moves(up.slice(0, 23)), moves(up))).toBeNaN()
  expect(correlationOf(moves(up), moves(up.map(() => 2)))).toBeNaN()
})

test("of the markets that are held the one that moves most alike is named, from a week of hours read once an hour", async () => {
  const asked: string[] = []
  const shifts: Record<string, number> = { A: 0, B: 0.1, C: 2 }
  const correlations = new Correlations({
    async closedCandles({ market, fromMs, limit }) {
      asked.push(market)
      let close = 100
      return Array.from({ length: limit }, (_, n) => {
        close *= Math.exp(Math.sin(n + shifts[market]) / 100)
        return { openTimeMs: fromMs + n * HOUR_MS, close: String(close) } as ClosedCandle
      })
    },
  })
  expect(await correlations.closest("A", [], NOW_MS)).toBeUndefined()
  const closest = await correlations.closest("A", ["A", "B", "C"], NOW_MS)
  expect(closest).toEqual({ market: "B", correlation: expect.closeTo(Math.cos(0.1), 2) })
  await correlations.closest("A", ["B", "C"], NOW_MS + HOUR_MS / 2)
  expect(asked).toEqual(["A", "B", "C"])
  await correlations.closest("A", ["B"], NOW_MS + HOUR_MS)
  expect(asked).toEqual(["A", "B", "C", "A", "B"])
})
