import { chartFigure, valueAxis } from "./chart-figure.ts"
import { dayWords, linearScale, moneyScale, picture, px, rangeOf } from "./chart-scale.ts"
import { html, type Markup } from "./markup.ts"

type Line = { values: readonly (number | null)[]; look: "money" | "held" | "sea" }

type LineChart = {
  title: string
  /** What the picture shows, in a sentence. */
  summary: string
  openTimeMs: readonly number[]
  lines: readonly Line[]
  height: number
  /** Behind a number of the axis. */
  unit?: string
  /** A value that is always on the axis. */
  floor?: number
  /** Money that changed much is drawn by its growth. */
  isMoney?: boolean
  legend?: Markup
}

const MOST_DAYS_NAMED = 5

/** Lines over time with their axis; a line that looks like the sea is filled up to 0. */
export function lineChart({
  title,
  summary,
  openTimeMs,
  lines,
  height,
  unit = "",
  floor,
  isMoney = false,
  legend,
}: LineChart): Markup {
  if (openTimeMs.length < 2) return html`<p class="soft">${title}: too few candles for a picture.</p>`
  const bottom = height - picture.bottom
  const right = picture.width - picture.right
  const numbers = lines.map(({ values }) => values.map((value) => value ?? Number.NaN))
  const range = rangeOf(...numbers, floor === undefined ? [] : [floor])
  const y = isMoney
    ? moneyScale(range, bottom, picture.top)
    : { ...linearScale(range, bottom, picture.top), isLog: false }
  const x = linearScale(rangeOf(openTimeMs), picture.left, right)
  const days = Array.from({ length: MOST_DAYS_NAMED }, (_, n) => {
    const share = n / (MOST_DAYS_NAMED - 1)
    const anchor = share === 0 ? "start" : share === 1 ? "end" : "middle"
    return { at: picture.left + share * (right - picture.left), timeMs: timeAtShare(openTimeMs, share), anchor }
  })
  const paths = lines.map(({ look }, n) => {
    const base = look === "sea" ? y.at(0) : undefined
    return html`<path class="${look}" d="${pathOf(openTimeMs.map(x.at), numbers[n].map(y.at), base)}" />`
  })
  const names = days.map(({ at, timeMs, anchor }) => {
    return html`<text x="${px(at)}" y="${height - 6}" text-anchor="${anchor}">${dayWords(timeMs)}</text>`
  })
  return chartFigure({
    title,
    summary: y.isLog ? `${summary} Equal steps up are equal growth.` : summary,
    height,
    legend,
    drawing: [valueAxis(y, unit), paths, names],
  })
}

function timeAtShare(openTimeMs: readonly number[], share: number): number {
  const [first, last] = [openTimeMs[0], openTimeMs[openTimeMs.length - 1]]
  return first + share * (last - first)
}

/** A path with a break where a value is missing; closed along `base` where it is an area. */
function pathOf(x: number[], y: number[], base: number | undefined): string {
  const steps = x.map((at, n) => {
    if (!Number.isFinite(y[n])) return ""
    return `${n === 0 || !Number.isFinite(y[n - 1]) ? "M" : "L"}${px(at)} ${px(y[n])}`
  })
  return base === undefined
    ? steps.join("")
    : `${steps.join("")}L${px(x[x.length - 1])} ${px(base)}L${px(x[0])} ${px(base)}Z`
}
