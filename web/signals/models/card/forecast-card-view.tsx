import type { ForecastCard } from "#engine/result"
import type { ForecastTarget } from "#engine/strategy"
import type { ReactNode } from "react"
import type { ScoredOn } from "../../../db/kept-model.ts"
import { Calibration, type CalibrationDot, MadeUpChip } from "../../../figure/index.ts"
import { madeUpOf } from "../../../run/made-up.ts"
import { usePreferences } from "../../../settings/index.ts"
import { formatDate } from "../../../ui/date-format.ts"
import { formatCount, formatNumber, formatPercent } from "../../../ui/number-format.ts"
import { AgePicture, HitRatePicture } from "./rate-pictures.tsx"
import { CardFigures } from "./card-figures.tsx"
import { about } from "./term.tsx"

type ForecastCardViewProps = {
  name: string
  card: ForecastCard
  target: ForecastTarget
  scoredOn: ScoredOn
  /** What can be done with it, below the verdict. */
  children?: ReactNode
}

/** How good a forecast is, honestly: only candles that it had not seen count. */
export function ForecastCardView({ name, card, target, scoredOn, children }: ForecastCardViewProps) {
  const { timeZone } = usePreferences()
  const day = (timeMs: number) => formatDate(timeMs, timeZone)
  return (
    <section aria-label={`Card of ${name}`} className="flex min-w-0 flex-col gap-6 border-y border-line py-6">
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3 text-ink-soft">
          <span className="wrap-anywhere">{name}</span>
          <MadeUpChip of={madeUpOf([{ id: scoredOn.marketId, isMadeUp: scoredOn.isMadeUp }])} />
        </div>
        <h2 data-skill={card.verdict.skill} className="max-w-[52ch] text-lg font-semibold text-ink-strong md:text-xl">
          {card.verdict.because}
        </h2>
        <p className="max-w-[72ch] text-sm text-ink-soft">
          {`On ${scoredOn.name}, candles from ${day(scoredOn.fromMs)} to ${day(scoredOn.untilMs)}. Counted: ${formatCount(card.unseenCandles, "candle")} it had not seen when it spoke${card.seenCandles > 0 ? `; left out: ${formatNumber(card.seenCandles)} it may have learnt from` : ""}.`}
        </p>
        {children}
      </div>
      {card.unseenCandles > 0 && (
        <>
          <div className="grid min-w-0 gap-8 lg:grid-cols-2">
            <HitRatePicture card={card} />
            <Calibration
              title="Said and came"
              about={about("calibration")}
              summary={calibrationWords(card)}
              dots={dotsOf(card)}
              words={(share) => formatPercent(100 * share, 0)}
              countWords={(count) => formatNumber(count)}
            />
          </div>
          <CardFigures card={card} target={target} />
          {card.decay.length > 1 && <AgePicture card={card} />}
        </>
      )}
    </section>
  )
}

/** Fewer came true or did not by chance, and would only stretch the picture. */
const FEWEST_OF_A_DOT = 30

function dotsOf({ calibration }: ForecastCard): CalibrationDot[] {
  return calibration
    .filter(({ count }) => count >= FEWEST_OF_A_DOT)
    .map(({ meanForecast, happenedShare, count }) => ({ said: meanForecast, came: happenedShare, count }))
}

function calibrationWords({ calibration }: ForecastCard): string {
  const largest = calibration.reduce<ForecastCard["calibration"][number] | undefined>(
    (most, bin) => (most === undefined || bin.count > most.count ? bin : most),
    undefined,
  )
  if (!largest) return "It gave no probability whose outcome is known."
  const share = (value: number) => formatPercent(100 * value, 0)
  return `Most often it said about ${share(largest.meanForecast)} (${formatNumber(largest.count)} times), and it came true in ${share(largest.happenedShare)}. What it said fewer than ${FEWEST_OF_A_DOT} times is left out.`
}
