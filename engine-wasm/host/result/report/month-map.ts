import { formatNumber, formatSignedPercent } from "../../candles/number-format.ts"
import type { MonthReturn } from "../trade-tables.ts"
import { chartFigure } from "./chart-figure.ts"
import { picture, px } from "./chart-scale.ts"
import { html, type Markup } from "./markup.ts"

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const LEFT_PX = 44
const CELL_HEIGHT_PX = 26
const HEAD_PX = 18
/** Of more years than this only the newest show. */
const MOST_YEARS = 40

/** What the money gained in each month, a row for each year: the deeper the colour, the more. */
export function monthMap(returns: readonly MonthReturn[]): Markup {
  const all = [...new Set(returns.map(({ year }) => year))].sort((a, b) => a - b)
  const years = all.slice(-MOST_YEARS)
  if (years.length === 0) return html`<p class="soft">Month by month: no month has ended yet.</p>`
  const width = (picture.width - LEFT_PX) / 12
  const most = Math.max(...returns.map(({ returnPercent }) => Math.abs(returnPercent))) || 1
  const heads = months.map((name, n) => {
    return html`<text x="${px(LEFT_PX + (n + 0.5) * width)}" y="12" text-anchor="middle">${name}</text>`
  })
  const rows = years.map((year, row) => html`<text x="0" y="${HEAD_PX + row * CELL_HEIGHT_PX + 17}">${year}</text>`)
  const cells = returns
    .filter(({ year }) => years.includes(year))
    .map(({ year, month, returnPercent }) => {
      const [left, top] = [LEFT_PX + (month - 1) * width, HEAD_PX + years.indexOf(year) * CELL_HEIGHT_PX]
      return cell({ left, top, width, returnPercent, share: Math.abs(returnPercent) / most })
    })
  const more = all.length > years.length ? ` The newest ${years.length} of ${all.length} years are drawn.` : ""
  return chartFigure({
    title: "Month by month, in %",
    summary: summaryOf(returns) + more,
    height: HEAD_PX + years.length * CELL_HEIGHT_PX,
    drawing: [heads, rows, cells],
  })
}

type Cell = { left: number; top: number; width: number; returnPercent: number; share: number }

function cell({ left, top, width, returnPercent, share }: Cell): Markup {
  const look = returnPercent > 0 ? "up" : returnPercent < 0 ? "down" : "flat"
  const words = (returnPercent > 0 ? "+" : "") + formatNumber(returnPercent, 1)
  return html`<rect
      class="${look}"
      x="${px(left + 1)}"
      y="${top + 1}"
      width="${px(width - 2)}"
      height="${CELL_HEIGHT_PX - 2}"
      rx="2"
      fill-opacity="${(0.06 + 0.44 * share).toFixed(2)}"
    />
    <text class="cell" x="${px(left + width / 2)}" y="${top + 17}" text-anchor="middle">${words}</text>`
}

function summaryOf(returns: readonly MonthReturn[]): string {
  const inOrder = returns.toSorted((one, other) => one.returnPercent - other.returnPercent)
  const [worst, best] = [inOrder[0], inOrder[inOrder.length - 1]]
  const won = returns.filter(({ returnPercent }) => returnPercent > 0).length
  const name = ({ year, month }: MonthReturn) => `${months[month - 1]} ${year}`
  return `${formatNumber(won)} of ${formatNumber(returns.length)} months gained. Best: ${name(best)}, ${formatSignedPercent(best.returnPercent)}; worst: ${name(worst)}, ${formatSignedPercent(worst.returnPercent)}.`
}
