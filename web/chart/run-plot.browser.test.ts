import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import type { ChartColumns } from "../run/chart-columns.ts"
import { type Pane, RunPlot } from "./run-plot.ts"
import type { RunScene } from "./run-scene.ts"

const COUNT = 2_000

/** A rise, a fall of 40 %, and a rise again. */
function columnsOf(count = COUNT, startMs = 0): ChartColumns {
  const column = (value: (bar: number) => number) => Float64Array.from({ length: count }, (_, bar) => value(bar))
  const close = column((bar) => 100 + 50 * Math.sin(bar / 90))
  const equity = column((bar) => 1000 + (bar < count / 2 ? bar : count - bar) / 2)
  let peak = 0
  const underwaterPercent = equity.map((money) => {
    peak = Math.max(peak, money)
    return 100 * (money / peak - 1)
  })
  return {
    barMs: HOUR_MS,
    openTimeMs: column((bar) => startMs + bar * HOUR_MS),
    open: close,
    high: close.map((price) => price + 1),
    low: close.map((price) => price - 1),
    close,
    volume: column(() => 5),
    equity,
    holding: equity.map((money) => money / 2),
    underwaterPercent,
  }
}

function sceneOf(columns: ChartColumns, parts: Partial<RunScene> = {}): RunScene {
  return { columns, trades: [], lines: [], ownPanes: [], lit: undefined, levels: undefined, ...parts }
}

function plotted(scene: RunScene, panes: Pane[] = ["price", "equity", "underwater"]) {
  const element = document.createElement("div")
  Object.assign(element.style, { width: "800px", height: "600px" })
  document.body.replaceChildren(element)
  const ignored = () => {}
  const options = { onPoint: ignored, onPress: ignored, onPlainWheel: ignored }
  const plot = new RunPlot(element, scene, { panes, priceDecimals: 2, zone: "utc", ...options })
  return { plot, element }
}

/** The chart draws with the next frame. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

function axis(plot: RunPlot, pane: number) {
  const range = plot.view.chart.priceScale("right", pane).getVisibleRange()!
  return { min: Math.min(range.from, range.to), max: Math.max(range.from, range.to) }
}

test("the dips are percent of a peak on their own axis, whatever the money's axis is", async () => {
  const columns = columnsOf()
  const worst = Math.min(...columns.underwaterPercent)
  const { plot } = plotted(sceneOf(columns))
  plot.view.fit()
  for (const money of [false, true, false, true]) {
    plot.setLog({ price: money, money })
    await drawn()
    const dips = axis(plot, 2)
    expect(dips.min).toBeGreaterThan(worst * 1.3)
    expect(dips.min).toBeLessThanOrEqual(worst)
    expect(dips.max).toBeLessThan(-0.15 * worst)
    const equity = axis(plot, 1)
    expect(equity.min).toBeLessThanOrEqual(500)
    expect(equity.max).toBeGreaterThanOrEqual(1500)
  }
  plot.remove()
})

test("a pane is drawn for each group of own series that is shown, and none for a hidden one", async () => {
  const columns = columnsOf()
  const line = (group: string) => ({ name: group, group, pane: "own" as const, values: columns.close })
  const scene = sceneOf(columns, { lines: ["rsi", "adx", "obv"].map(line), ownPanes: ["rsi", "obv"] })
  const { plot } = plotted(scene)
  await drawn()
  expect(plot.view.chart.panes()).toHaveLength(3 + 2)
  plot.remove()
})

test("a chart opens on its newest candles, each wide enough to be distinct from the next", async () => {
  const { plot } = plotted(sceneOf(columnsOf()))
  await drawn()
  const { from, to } = plot.view.view!
  expect(to).toBeGreaterThan(COUNT - 2)
  expect(800 / (to - from)).toBeGreaterThan(4)
  plot.remove()
})

test("a rerun, another theme, another clock and a log axis leave the view where it was", async () => {
  const columns = columnsOf()
  const { plot } = plotted(sceneOf(columns))
  plot.view.show({ from: 300, to: 420 })
  await drawn()
  const before = plot.view.view!
  plot.draw(sceneOf({ ...columns, equity: columns.holding, close: columns.close.slice() }))
  document.documentElement.dataset.theme = "dark"
  plot.restyle({ zone: "local", priceDecimals: 2 })
  plot.setLog({ price: true, money: true })
  await drawn()
  expect(plot.view.view!.from).toBeCloseTo(before.from, 3)
  expect(plot.view.view!.to).toBeCloseTo(before.to, 3)
  plot.remove()
})

test("the same time stays in view when the period of the test grows to the left", async () => {
  const { plot } = plotted(sceneOf(columnsOf(1_000, 1_000 * HOUR_MS)))
  plot.view.show({ from: 300, to: 420 })
  await drawn()
  plot.draw(sceneOf(columnsOf(2_000)))
  await drawn()
  expect(plot.view.view!.from).toBeCloseTo(1_300, -1)
  expect(plot.view.view!.to).toBeCloseTo(1_420, -1)
  plot.remove()
})

test("no movement leads beyond the candles", async () => {
  const { plot } = plotted(sceneOf(columnsOf()))
  for (const move of [-5_000, 9_000, 3]) {
    plot.view.move(move)
    plot.view.zoom(3, 0)
    await drawn()
    const { from, to } = plot.view.view!
    expect(from).toBeGreaterThanOrEqual(-1)
    expect(to).toBeLessThanOrEqual(COUNT)
  }
  plot.remove()
})

test("the wheel is the page's unless Ctrl is held", async () => {
  const { plot, element } = plotted(sceneOf(columnsOf()))
  plot.view.show({ from: 300, to: 420 })
  await drawn()
  const turn = (ctrlKey: boolean) => {
    const event = new WheelEvent("wheel", { deltaY: 120, ctrlKey, clientX: 300, bubbles: true, cancelable: true })
    element.querySelector("canvas")!.dispatchEvent(event)
    return event.defaultPrevented
  }
  const before = plot.view.view!
  expect(turn(false)).toBe(false)
  await drawn()
  expect(plot.view.view!).toEqual(before)
  expect(turn(true)).toBe(true)
  await drawn()
  expect(plot.view.view!.to - plot.view.view!.from).toBeGreaterThan(125)
  plot.remove()
})

test("steps that come faster than frames all count", async () => {
  const { plot } = plotted(sceneOf(columnsOf()))
  plot.view.show({ from: 500, to: 1_500 })
  await drawn()
  for (let step = 0; step < 6; step++) plot.view.zoom(0.7, 1_000)
  plot.view.move(100)
  await drawn()
  await drawn()
  const { from, to } = plot.view.view!
  expect(to - from).toBeCloseTo(1_000 * 0.7 ** 6, 0)
  expect((from + to) / 2).toBeCloseTo(1_100, 0)
  plot.remove()
})

test("a selected trade moves the view only where it is out of view", async () => {
  const columns = columnsOf()
  const trade = (entry: number, exit: number) => ({
    side: "long" as const,
    entryTimeMs: columns.openTimeMs[entry],
    exitTimeMs: columns.openTimeMs[exit],
    entryPrice: columns.close[entry],
    exitPrice: columns.close[exit],
    profit: 1,
    profitPercent: 1,
  })
  const trades = [trade(310, 330), trade(900, 910), trade(100, 1_900)]
  const { plot } = plotted(sceneOf(columns, { trades }))
  plot.view.show({ from: 300, to: 420 })
  await drawn()
  const before = plot.view.view!
  plot.bringIntoView(0)
  await drawn()
  expect(plot.view.view!).toEqual(before)
  for (const [at, entry, exit] of [
    [1, 900, 910],
    [2, 100, 1_900],
  ]) {
    plot.bringIntoView(at)
    await drawn()
    expect(plot.view.view!.from).toBeLessThan(entry)
    expect(plot.view.view!.to).toBeGreaterThan(exit)
  }
  plot.remove()
})

test("going on and back through a run bar by bar draws what setting it at once would", async () => {
  const columns = columnsOf(400)
  const until = (count: number) => sceneOf(cut(columns, count))
  const { plot } = plotted(until(60))
  for (const count of [61, 62, 72, 71, 61, 60, 390, 391, 300, 299, 120]) {
    plot.draw(until(count))
    plot.view.fit()
    await drawn()
    const ranges = [0, 1, 2].map((pane) => axis(plot, pane))
    expect(shownBars(plot)).toEqual({ count, lastMs: (count - 1) * HOUR_MS })
    const { plot: atOnce } = plotted(until(count))
    atOnce.view.fit()
    await drawn()
    expect(ranges, `${count} bars`).toEqual([0, 1, 2].map((pane) => axis(atOnce, pane)))
    atOnce.remove()
  }
  plot.remove()
})

/** The first bars of a run, as a replay has them: views of the same columns. */
function cut({ barMs, ...columns }: ChartColumns, count: number): ChartColumns {
  const views = Object.entries(columns).map(([name, values]) => [name, values.subarray(0, count)])
  return { barMs, ...(Object.fromEntries(views) as Omit<ChartColumns, "barMs">) }
}

function shownBars(plot: RunPlot) {
  const data = plot.view.chart.panes()[0].getSeries()[0].data()
  return { count: data.length, lastMs: 1000 * (data.at(-1)!.time as number) }
}
