import { type ReactNode } from "react"
import { createRoot } from "react-dom/client"
import { flushSync } from "react-dom"
import { afterEach, expect, test } from "vitest"
import { Bars, Fan, HeatMap, Histogram, MonthHeat, Ribbon, Scatter, Sparkline } from "./index.ts"
import { standaloneSvg } from "./save-svg.ts"

const bins = [-2, -1, 0, 1].map((from, n) => ({ from, to: from + 1, count: [1, 4, 9, 2][n] }))
const percent = (value: number) => `${value} %`

const pictures: Record<string, ReactNode> = {
  histogram: <Histogram title="Profit" bins={bins} counted="trade" words={percent} isSigned lit={0.5} />,
  months: (
    <MonthHeat
      returns={[
        { year: 2024, month: 1, returnPercent: 3 },
        { year: 2025, month: 2, returnPercent: -4.5 },
      ]}
    />
  ),
  heat: (
    <HeatMap
      title="Two numbers"
      summary="Return for each pair."
      rowName="Fast"
      rows={["5", "10"]}
      columns={["20", "40"]}
      valueAt={(row, column) => Number(row) - Number(column)}
      words={String}
      lit={{ row: "5", column: "40" }}
    />
  ),
  map: (
    <HeatMap
      title="Best score"
      summary="Each cell is a pair of values."
      rowName="Fast"
      rows={["5", "10"]}
      columns={["20", "40", "60"]}
      valueAt={(row, column) => (column === "60" ? undefined : Number(row) / Number(column))}
      words={(value) => value.toFixed(2)}
      ground="range"
      marks={[
        { row: "5", column: "20", name: "plateau", shape: "ring" },
        { row: "10", column: "20", name: "best", shape: "diamond" },
      ]}
      tell={(row, column) => `fast ${row}, slow ${column}`}
    />
  ),
  ribbon: (
    <Ribbon
      title="Window by window"
      summary="Three of four windows made money."
      timeWords={(timeMs) => String(new Date(timeMs).getUTCFullYear())}
      windows={[0, 1].map((at) => ({
        learnt: { fromMs: Date.UTC(2020 + at, 0), toMs: Date.UTC(2022 + at, 0) },
        tried: { fromMs: Date.UTC(2022 + at, 0), toMs: Date.UTC(2023 + at, 0) },
        amount: 5 - 10 * at,
        words: percent(5 - 10 * at),
      }))}
    />
  ),
  fan: (
    <Fan
      title="A thousand other orders"
      summary="Between half and twice the money."
      low={[1, 0.8, 0.5]}
      middle={[1, 1.1, 1.2]}
      high={[1, 1.5, 2]}
      steps={[0, 5, 20]}
      level={{ value: 0.5, name: "Half" }}
      amountWords={String}
      stepWords={(step) => `${step} trades`}
    />
  ),
  bars: (
    <Bars
      title="By day"
      summary="Monday brought most."
      bars={[
        { name: "Monday", amount: 5 },
        { name: "Tuesday", amount: -3 },
      ]}
      measured="Profit"
      words={String}
    />
  ),
  scatter: (
    <Scatter
      title="Profit by time"
      summary="Longer is better."
      points={[
        { x: 1, y: -1 },
        { x: 4, y: 2 },
      ]}
      across={{ name: "Hours", words: String }}
      up={{ name: "Profit", words: percent }}
      lit={1}
    />
  ),
}

const frame = document.createElement("div")
frame.style.width = "500px"
document.body.append(frame)
afterEach(() => frame.replaceChildren())

async function shown(picture: ReactNode): Promise<void> {
  const within = document.createElement("div")
  frame.append(within)
  flushSync(() => createRoot(within).render(picture))
  // The picture is drawn once its width is known.
  await expect.poll(() => pictureOf(within)?.childElementCount ?? 0).toBeGreaterThan(0)
}

/** The icons beside it are pictures too, but need no description. */
function pictureOf(within: Element): SVGSVGElement | null {
  return within.querySelector<SVGSVGElement>("figure svg[role=img]")
}

for (const [name, picture] of Object.entries(pictures)) {
  test(`the ${name} picture says what it shows, in a sentence and as a table`, async () => {
    await shown(picture)
    expect(pictureOf(frame)!.getAttribute("aria-label")!.length).toBeGreaterThan(20)
    const details = frame.querySelector("details")!
    details.open = true
    await expect.poll(() => details.querySelectorAll("tbody tr").length).toBeGreaterThan(1)
    for (const row of details.querySelectorAll("tr"))
      expect(row.children.length).toBe(details.querySelector("tr")!.children.length)
  })

  test(`the ${name} picture can leave the page: no colour role stays in it, and it can be painted`, async () => {
    document.documentElement.style.cssText = "--gain:#08695a;--loss:#a82844;--info:#1b5488;--ink-strong:#1f1a14"
    await shown(picture)
    const svg = pictureOf(frame)!
    const markup = standaloneSvg(svg)
    expect(markup).not.toContain("var(")
    const image = new Image()
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`
    await image.decode()
    expect(image.naturalWidth).toBe(svg.width.baseVal.value)
    expect(image.naturalWidth).toBeGreaterThan(300)
  })
}

test("the lit bar of a histogram is the one that holds the value, and no other", async () => {
  await shown(pictures.histogram)
  const lit = [...frame.querySelectorAll("g")].filter((bar) =>
    bar.querySelector(':scope > rect[stroke-width="2"][stroke^="var"]'),
  )
  expect(lit.map((bar) => bar.querySelector("title")?.textContent)).toEqual(["9 of 16 trades, 0 % to 1 %"])
})

test("arrows walk through a map from cell to cell, stop at its edge, and tell where they are", async () => {
  await shown(pictures.map)
  const walk = frame.querySelector<HTMLElement>("[role=application]")!
  const told = () => frame.querySelector("[role=status]")!.textContent
  expect(told()).toBe("")
  const press = (key: string) =>
    flushSync(() => walk.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))
  const walked = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowLeft"].map((key) => {
    press(key)
    return told()
  })
  expect(walked).toEqual([
    "fast 5, slow 20",
    "fast 10, slow 20",
    "fast 10, slow 20",
    "fast 10, slow 40",
    "fast 10, slow 20",
    "fast 10, slow 20",
  ])
})

test("a sparkline without values keeps its place; a level one is a line", async () => {
  const within = document.createElement("div")
  frame.append(within)
  flushSync(() =>
    createRoot(within).render(
      <>
        <Sparkline values={undefined} />
        <Sparkline values={[5, 5, 5]} label="Level" />
      </>,
    ),
  )
  const [empty, level] = frame.querySelectorAll("svg")
  expect(empty.getBoundingClientRect().width).toBe(64)
  expect(empty.querySelector("path")).toBeNull()
  expect(level.querySelector("path")!.getAttribute("d")).toBe("M0,12L32,12L64,12")
})
