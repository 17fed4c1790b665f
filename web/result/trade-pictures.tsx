import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { ROLLING_DAYS, type Trade } from "#engine/result"
import { Bars, DayLine, Histogram, MonthHeat, Scatter } from "../figure/index.ts"
import type { RunReport } from "../run/run-report.ts"
import { formatDate, type TimeZone, zoneWords } from "../ui/date-format.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { formatNumber, formatPercent, formatSignedMoney, formatSignedPercent } from "../ui/number-format.ts"

type TradePicturesProps = {
  report: RunReport
  zone: TimeZone
  selected: Trade | undefined
  onSelect: (trade: Trade | undefined) => void
}

/**
 * The trades and the months in pictures; the chosen trade is highlighted in each of them, and a press on one chooses.
 */
export function TradePictures({ report, zone, selected, onSelect }: TradePicturesProps) {
  const { tables, trades, market } = report
  if (trades.length === 0) return null
  const unit = unitOf(Math.max(...tables.hourBins.map(({ to }) => to * HOUR_MS)))
  const held = (trade: Trade) => (trade.exitTimeMs - trade.entryTimeMs) / unit.ms
  const heldWords = (value: number) => `${formatNumber(value, fewDecimals(value))} ${unit.name}`
  const chooseWithin = (valueOf: (trade: Trade) => number) => (bin: { from: number; to: number }) =>
    onSelect(nextWithin(trades, selected, (trade) => valueOf(trade) >= bin.from && valueOf(trade) < bin.to))
  const byWeekday = tables.perWeekday.map(({ name, profit }) => ({ name, amount: profit }))
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-8 xl:grid-cols-2">
      <div className="min-w-0 xl:col-span-2">
        <MonthHeat about={<WhatIsThis term="months" />} returns={tables.monthlyReturns} />
      </div>
      <div className="min-w-0 xl:col-span-2">
        <RollingSharpe rolling={tables.rollingSharpe} />
      </div>
      <Histogram
        title="Profit of the trades"
        about={<WhatIsThis term="profits" />}
        bins={tables.profitBins}
        counted="trade"
        words={(percent) => formatPercent(percent, fewDecimals(percent))}
        isSigned
        lit={selected?.profitPercent}
        onPress={chooseWithin((trade) => trade.profitPercent)}
      />
      <Histogram
        title="How long they were held"
        about={<WhatIsThis term="lengths" />}
        bins={tables.hourBins.map(({ from, to, count }) => ({
          from: (from * HOUR_MS) / unit.ms,
          to: (to * HOUR_MS) / unit.ms,
          count,
        }))}
        counted="trade"
        words={heldWords}
        lit={selected && held(selected)}
        onPress={chooseWithin(held)}
      />
      <Scatter
        title="Profit by time held"
        about={<WhatIsThis term="profitByLength" />}
        summary="Each dot is a trade: the further right, the longer it was held; the higher, the more it gained."
        points={trades.map((trade) => ({ x: held(trade), y: trade.profitPercent }))}
        across={{ name: "Held", words: heldWords }}
        up={{ name: "Profit", words: (percent) => formatSignedPercent(percent, fewDecimals(percent)) }}
        lit={selected && trades.indexOf(selected)}
        onPress={(at) => onSelect(trades[at])}
      />
      <Bars
        title={`Profit by weekday of the exit, ${zoneWords(zone)}`}
        about={<WhatIsThis term="weekdays" />}
        summary={weekdaySummary(byWeekday, market.currency)}
        bars={byWeekday}
        measured="Profit"
        words={(amount) => formatSignedMoney(amount, market.currency)}
      />
    </div>
  )
}

/** How steady the gain was as time went on. */
function RollingSharpe({ rolling: { dayMs, sharpe } }: { rolling: RunReport["tables"]["rollingSharpe"] }) {
  if (dayMs.length < 2) return null
  const last = sharpe.at(-1) ?? null
  return (
    <DayLine
      title={`Rolling Sharpe, over ${ROLLING_DAYS} days`}
      about={<WhatIsThis term="rolling" />}
      summary={`How steady the gain was as time went on; 0 is no gain. At the end: ${formatNumber(last, 2)}.`}
      dayMs={dayMs}
      values={sharpe}
      valueName="Sharpe"
      valueWords={(value) => formatNumber(value, 1)}
      dayWords={(timeMs) => formatDate(timeMs, "utc")}
    />
  )
}

/** The first such trade after the chosen one, round and round. */
function nextWithin(trades: Trade[], selected: Trade | undefined, isIt: (trade: Trade) => boolean): Trade | undefined {
  const at = selected ? trades.indexOf(selected) + 1 : 0
  return [...trades.slice(at), ...trades.slice(0, at)].find(isIt)
}

/** The unit in which the longest of some lengths of time is a small number. */
function unitOf(longestMs: number): { ms: number; name: string } {
  if (longestMs > 3 * DAY_MS) return { ms: DAY_MS, name: "d" }
  return longestMs > 3 * HOUR_MS ? { ms: HOUR_MS, name: "h" } : { ms: MINUTE_MS, name: "min" }
}

function fewDecimals(percent: number): number {
  return Number.isInteger(percent) ? 0 : 1
}

function weekdaySummary(days: { name: string; amount: number }[], currency: string | undefined): string {
  const traded = days.filter((day) => day.amount !== 0)
  if (traded.length < 2) return "Exits on a single weekday only: nothing to compare."
  const best = traded.reduce((most, day) => (day.amount > most.amount ? day : most))
  const worst = traded.reduce((least, day) => (day.amount < least.amount ? day : least))
  return `Exits on ${best.name} brought most (${formatSignedMoney(best.amount, currency)}), on ${worst.name} least (${formatSignedMoney(worst.amount, currency)}); ${formatNumber(traded.length)} weekdays with exits.`
}
