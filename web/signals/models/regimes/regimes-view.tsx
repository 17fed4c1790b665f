import type { RegimeRow } from "#engine/run"
import type { ReactNode } from "react"
import type { KeptRegimes } from "../../../db/kept-model.ts"
import { MadeUpChip } from "../../../figure/index.ts"
import { madeUpOf } from "../../../run/made-up.ts"
import { usePreferences } from "../../../settings/index.ts"
import { formatDate } from "../../../ui/date-format.ts"
import { formatCount, formatNumber } from "../../../ui/number-format.ts"
import { RegimePictureView } from "./regime-picture-view.tsx"
import { RegimeTableView } from "./regime-table-view.tsx"

/** `children`: what can be done with it, below the sentence. */
type RegimesViewProps = { kept: KeptRegimes; children: ReactNode }

/** What the market was like in each regime of a model: only candles that it had not seen count. */
export function RegimesView({ kept: { model, regimes, scoredOn }, children }: RegimesViewProps) {
  const { timeZone } = usePreferences()
  const day = (timeMs: number) => formatDate(timeMs, timeZone)
  const { unseenCandles, seenCandles, names, rows } = regimes
  return (
    <section aria-label={`Regimes of ${model.name}`} className="flex min-w-0 flex-col gap-6 border-y border-line py-6">
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3 text-ink-soft">
          <span className="wrap-anywhere">{model.name}</span>
          <MadeUpChip of={madeUpOf([{ id: scoredOn.marketId, isMadeUp: scoredOn.isMadeUp }])} />
        </div>
        <h2 className="max-w-[52ch] text-lg font-semibold text-ink-strong md:text-xl">
          {differenceWords(names, rows)}
        </h2>
        <p className="max-w-[72ch] text-sm text-ink-soft">
          {`It names moods and forecasts nothing. On ${scoredOn.name}, candles from ${day(scoredOn.fromMs)} to ${day(scoredOn.untilMs)}. Counted: ${formatCount(unseenCandles, "candle")} it had not seen when it named them${seenCandles > 0 ? `; left out: ${formatNumber(seenCandles)} it had learnt from, or that came before` : ""}.`}
        </p>
        {children}
      </div>
      {unseenCandles > 0 && (
        <>
          <RegimeTableView names={names} rows={rows} />
          <RegimePictureView name={model.name} regimes={regimes} />
        </>
      )}
    </section>
  )
}

/** Swings that differ by less than this share count as alike. */
const ALIKE = 1.15

/** How much the moods differ by what came after: the one thing they are good for. */
function differenceWords(names: readonly string[], rows: readonly RegimeRow[]): string {
  const known = rows.flatMap(({ regime, nextVolatilityPercent: swing }) =>
    swing === null || swing === 0 ? [] : [{ name: names[regime], swing }],
  )
  if (known.length < 2) return "Here the market was always in the same mood, so there is nothing to tell apart."
  const sorted = known.toSorted((one, other) => one.swing - other.swing)
  const [calmest, wildest] = [sorted[0], sorted[sorted.length - 1]]
  const times = wildest.swing / calmest.swing
  return times < ALIKE
    ? `After each of its ${rows.length} regimes the price swings about as much as after the others.`
    : `After “${wildest.name}” the price swings ${formatNumber(times, 1)} times as much as after “${calmest.name}”.`
}
