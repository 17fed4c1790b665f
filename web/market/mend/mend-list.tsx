import type { CandleMend } from "#engine/candles"
import { useState } from "react"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import { Button } from "../../ui/button.tsx"
import { type TimeZone, formatCandle, formatCandleDay, formatDateTime } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { candleCount, defectWords } from "./defect-words.ts"
import { undoMend } from "./mend.ts"

/** The mends of a market's candles, newest first; each can be undone. */
export function MendList({ market, mends, zone }: { market: SavedMarket; mends: CandleMend[]; zone: TimeZone }) {
  const [problem, setProblem] = useState<string>()
  const undo = (atMs: number) =>
    undoMend(market, atMs).then(
      () => setProblem(undefined),
      (error: Error) => setProblem(`Nothing was changed: ${error.message}`),
    )
  return (
    <>
      {problem && <Notice kind="error">{problem}</Notice>}
      <ul className="border-b border-line">
        {mends.toReversed().map((mend) => (
          <li
            key={mend.atMs}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-2"
          >
            <div>
              <p className="text-ink">{mendWords(mend)}</p>
              <p className="text-sm text-ink-soft">
                {placeWords(mend, market.timeframeMs, zone)} · done {formatDateTime(mend.atMs, zone)}
              </p>
            </div>
            <Button aria-label={`Undo: ${mendWords(mend)}`} onClick={() => void undo(mend.atMs)}>
              Undo
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

function mendWords({ kind, count, left }: CandleMend): string {
  if (kind === "filled-flat") return `${candleCount(count)} filled flat: the last close carried on, no volume`
  if (kind === "cut-wick") return `${candleCount(count)} cut to the candles beside`
  if (kind === "dropped-last") return "Unfinished last candle dropped"
  return `${defectWords[left!].name(count)} left as ${count === 1 ? "it is" : "they are"}`
}

function placeWords({ fromMs, toMs }: CandleMend, lengthMs: number, zone: TimeZone): string {
  const day = (timeMs: number) => formatCandleDay(timeMs, lengthMs, zone)
  return fromMs === toMs ? formatCandle(fromMs, lengthMs, zone) : `${day(fromMs)} to ${day(toMs)}`
}
