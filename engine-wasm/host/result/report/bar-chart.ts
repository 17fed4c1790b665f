import { formatShareOf } from "../../candles/number-format.ts"
import type { Bin } from "../trade-histogram.ts"
import { chartFigure, valueAxis } from "./chart-figure.ts"
import { linearScale, picture, px, tickWords } from "./chart-scale.ts"
import { html, type Markup } from "./markup.ts"

type BarChart = {
  title: string
  bins: readonly Bin[]
  unit: string
  /** Below 0 is a loss, above it a gain. */
  isSigned: boolean
}

const HEIGHT_PX = 150

/** How often values of each size came. */
export function barChart({ title, bins, unit, isSigned }: BarChart): Markup {
  if (bins.length === 0) return html`<p class="soft">${title}: there were no trades.</p>`
  const bottom = HEIGHT_PX - picture.bottom
  const right = picture.width - picture.right
  const x = linearScale({ min: bins[0].from, max: bins[bins.length - 1].to }, picture.left, right, 6)
  const y = linearScale({ min: 0, max: Math.max(...bins.map(({ count }) => count)) }, bottom, picture.top, 3)
  const bars = bins.map((bin) => {
    const [left, width] = [x.at(bin.from), x.at(bin.to) - x.at(bin.from)]
    return html`<rect
      class="${lookOf(bin, isSigned)}"
      x="${px(left + 0.5)}"
      y="${px(y.at(bin.count))}"
      width="${px(Math.max(1, width - 1))}"
      height="${px(bottom - y.at(bin.count))}"
    />`
  })
  const edges = x.ticks.map((tick) => {
    const words = `${tickWords(tick, x.ticks)}${unit}`
    return html`<text x="${px(x.at(tick))}" y="${HEIGHT_PX - 6}" text-anchor="middle">${words}</text>`
  })
  const whole = { at: y.at, ticks: y.ticks.filter(Number.isInteger) }
  return chartFigure({
    title,
    summary: summaryOf(bins, unit),
    height: HEIGHT_PX,
    drawing: [valueAxis(whole), bars, edges],
  })
}

function lookOf({ from }: Bin, isSigned: boolean): string {
  if (!isSigned) return "flat"
  return from >= 0 ? "up" : "down"
}

function summaryOf(bins: readonly Bin[], unit: string): string {
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  const most = bins.reduce((best, bin) => (bin.count > best.count ? bin : best))
  const edges = [most.from, most.to].map((edge) => `${tickWords(edge, [most.from, most.to])}${unit}`)
  return `The fullest bar: ${formatShareOf(most.count, all, "trade", ["lies", "lie"])} between ${edges.join(" and ")}.`
}
