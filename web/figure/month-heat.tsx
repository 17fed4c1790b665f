import type { ReactNode } from "react"
import { formatNumber, formatSignedPercent } from "../ui/number-format.ts"
import { HeatMap } from "./heat-map.tsx"

type MonthReturn = { year: number; month: number; returnPercent: number }

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const LEAST_WIDTH_PX = 600

/** What the money gained in each month, a row for each year. Months are those of UTC, as the ratios count days. */
export function MonthHeat({ about, returns }: { about?: ReactNode; returns: readonly MonthReturn[] }) {
  const cells = new Map(
    returns.map(({ year, month, returnPercent }) => [`${year} ${months[month - 1]}`, returnPercent]),
  )
  const years = [...new Set(returns.map(({ year }) => String(year)))]
  return (
    <HeatMap
      title="Month by month in UTC, in %"
      about={about}
      summary={summaryOf(returns)}
      rowName="Year"
      rows={years}
      columns={months}
      valueAt={(year, month) => cells.get(`${year} ${month}`)}
      words={(percent) => (percent > 0 ? "+" : "") + formatNumber(percent, 1)}
      leastWidthPx={LEAST_WIDTH_PX}
    />
  )
}

function summaryOf(returns: readonly MonthReturn[]): string {
  if (returns.length === 0) return "No month has ended yet."
  const inOrder = returns.toSorted((one, other) => one.returnPercent - other.returnPercent)
  const [worst, best] = [inOrder[0], inOrder[inOrder.length - 1]]
  const won = returns.filter(({ returnPercent }) => returnPercent > 0).length
  const name = ({ year, month }: MonthReturn) => `${months[month - 1]} ${year}`
  return `${formatNumber(won)} of ${formatNumber(returns.length)} months gained. Best: ${name(best)}, ${formatSignedPercent(best.returnPercent)}; worst: ${name(worst)}, ${formatSignedPercent(worst.returnPercent)}.`
}
