import { expect, onTestFinished, test, vi } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { type LiveBar, type LivePicture, LivePlot } from "./live-plot.ts"

const bar = (n: number): LiveBar => ({
  openTimeMs: n * MINUTE_MS,
  open: 100,
  high: 102 + Math.sin(n),
  low: 99,
  close: 101 + Math.sin(n),
})
const bars = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => bar(from + n))
const FIRST = 10_000
const LAST = FIRST + 500

function picture(parts: Partial<LivePicture> = {}): LivePicture {
  return { epoch: 1, closed: bars(FIRST, LAST), open: [bar(LAST)], lines: [], cameAtMs: 0, ...parts }
}

function plotted(onOldest: () => void = () => {}, first = picture()) {
  const element = document.createElement("div")
  Object.assign(element.style, { width: "800px", height: "400px" })
  document.body.replaceChildren(element)
  const ignored = () => {}
  const options = { barMs: MINUTE_MS, priceDecimals: 2, zone: "utc" as const, onPoint: ignored, onPlainWheel: ignored }
  return new LivePlot(element, first, { ...options, onPress: ignored, onOldest })
}

/** Texts that are drawn on any canvas from now on. */
function written() {
  const fillText = vi.spyOn(CanvasRenderingContext2D.prototype, "fillText")
  onTestFinished(() => fillText.mockRestore())
  return () => fillText.mock.calls.map(([text]) => text)
}

const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** The minute in the middle of the view, of a chart whose first bar is minute `first`. */
function middle(plot: LivePlot, first: number): number {
  const { from, to } = plot.view.view!
  return first + (from + to) / 2
}

test("a chart that began with one candle opens anew when its history arrives", async () => {
  const plot = plotted(() => {}, picture({ closed: [], open: [bar(LAST)] }))
  await drawn()
  plot.draw(picture({ epoch: 2 }))
  await drawn()
  await drawn()
  const { from, to } = plot.view.view!
  expect(to - from).toBeGreaterThan(60)
  expect(800 / (to - from)).toBeGreaterThan(4)
  plot.remove()
})

test("older candles added in front do not move the view", async () => {
  const plot = plotted()
  plot.view.show({ from: 40, to: 160 })
  await drawn()
  await drawn()
  const before = middle(plot, FIRST)
  plot.draw(picture({ epoch: 2, closed: bars(FIRST - 300, LAST) }))
  await drawn()
  expect(middle(plot, FIRST - 300)).toBeCloseTo(before, 0)
  plot.remove()
})

test("older candles are requested once while the person looks at the oldest, and again when those have arrived", async () => {
  let asked = 0
  const plot = plotted(() => asked++)
  await drawn()
  expect(asked).toBe(0)
  plot.view.show({ from: 0, to: 100 })
  for (let frame = 0; frame < 4; frame++) await drawn()
  plot.view.show({ from: 5, to: 110 })
  for (let frame = 0; frame < 4; frame++) await drawn()
  expect(asked).toBe(1)
  plot.draw(picture({ epoch: 2, closed: bars(FIRST - 300, LAST) }))
  await drawn()
  plot.view.show({ from: 0, to: 100 })
  for (let frame = 0; frame < 4; frame++) await drawn()
  expect(asked).toBe(2)
  plot.remove()
})

test("a view of the newest candle keeps following it; Now leads back to it", async () => {
  const plot = plotted()
  await drawn()
  for (let n = 1; n <= 30; n++) plot.draw(picture({ closed: bars(FIRST, LAST + n), open: [bar(LAST + n)] }))
  await drawn()
  expect(plot.view.view!.to).toBeGreaterThan(LAST - FIRST + 28)
  plot.view.show({ from: 50, to: 150 })
  await drawn()
  await drawn()
  plot.draw(picture({ closed: bars(FIRST, LAST + 31), open: [bar(LAST + 31)] }))
  await drawn()
  expect(plot.view.view!.to).toBeLessThan(160)
  plot.showNow()
  await expect.poll(() => plot.view.view!.to).toBeGreaterThan(LAST - FIRST + 28)
  plot.remove()
})

test("a stop and a target within 15 % are in view however little the candles move; those further away are named at the edge", async () => {
  const texts = written()
  const flat = (n: number) => ({ ...bar(n), open: 100, high: 100.1, low: 99.9, close: 100 })
  const closed = Array.from({ length: 500 }, (_, n) => flat(FIRST + n))
  const plot = plotted(() => {}, picture({ closed, open: [flat(LAST)] }))
  const level = (name: string, price: number, role: "loss" | "gain") => ({ name, price, role })
  plot.setLevels([level("Stop", 88, "loss"), level("Target", 112, "gain")])
  await drawn()
  await drawn()
  expect(texts()).toEqual(expect.arrayContaining(["Stop", "Target"]))
  expect(texts().filter((text) => /[↑↓]/.test(text))).toEqual([])
  plot.setLevels([level("Stop", 50, "loss"), level("Target", 200, "gain")])
  await drawn()
  await drawn()
  expect(texts()).toEqual(expect.arrayContaining(["Stop 50.00 ↓", "Target 200.00 ↑"]))
  plot.remove()
})
