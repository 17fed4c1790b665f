import type { MonthReturn } from "#engine/result"
import { formatSignedPercent } from "../ui/number-format.ts"

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** What the money gained in each month, a row for each year; the stronger the ground, the further from nothing. */
export function MonthHeat({ returns }: { returns: MonthReturn[] }) {
  const years = [...new Set(returns.map(({ year }) => year))]
  const strongest = Math.max(...returns.map(({ returnPercent }) => Math.abs(returnPercent)), 1e-9)
  return (
    <section className="min-w-0">
      <h3 className="pb-2 font-semibold">Month by month</h3>
      <div tabIndex={0} role="region" aria-label="Month by month" className="overflow-x-auto">
        <table className="w-full border-separate border-spacing-0.5 text-center text-xs whitespace-nowrap">
          <thead className="text-ink-soft">
            <tr>
              <th className="text-left font-medium">Year</th>
              {months.map((month) => (
                <th key={month} className="px-1 font-medium">
                  {month}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map((year) => (
              <tr key={year}>
                <th scope="row" className="pr-2 text-left font-normal">
                  {year}
                </th>
                {months.map((month, at) => (
                  <MonthCell
                    key={month}
                    percent={returns.find((each) => each.year === year && each.month === at + 1)?.returnPercent}
                    strongest={strongest}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** The ground never gets so strong that the number on it could not be read. */
const MOST_COLOUR_PERCENT = 32

function MonthCell({ percent, strongest }: { percent: number | undefined; strongest: number }) {
  if (percent === undefined) return <td />
  const share = (MOST_COLOUR_PERCENT * Math.abs(percent)) / strongest
  const background = `color-mix(in srgb, var(${percent >= 0 ? "--gain" : "--loss"}) ${share}%, transparent)`
  return (
    <td style={{ background }} className="rounded-sm px-1 py-1.5 text-ink-strong">
      {formatSignedPercent(percent)}
    </td>
  )
}
