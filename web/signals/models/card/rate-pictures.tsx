import type { ForecastCard } from "#engine/result"
import { Intervals, type NamedInterval } from "../../../figure/index.ts"
import { formatDuration } from "../../../ui/date-format.ts"
import { formatCount, formatNumber, formatPercent } from "../../../ui/number-format.ts"
import { about } from "./term.tsx"

const COIN = 0.5
const share = (value: number) => formatPercent(100 * value)

/** How often it was right, with the range of the true rate, against the coin and those who know nothing. */
export function HitRatePicture({ card }: { card: ForecastCard }) {
  const { hitRate, interval, naiveHitRate, blindHitRate, independentForecasts } = card
  if (hitRate === null || interval === null) return null
  const [low, high] = interval
  const known = (name: string, value: number | null): NamedInterval[] => (value === null ? [] : [{ name, value }])
  return (
    <Intervals
      title="How often it was right"
      about={about("hitRate")}
      summary={`Right in ${share(hitRate)} of ${formatCount(independentForecasts, "forecast")}; the true rate lies between ${share(low)} and ${share(high)}. ${againstWords(card)}`}
      intervals={[
        { name: "This forecast", value: hitRate, low, high },
        ...known("Always the more frequent", naiveHitRate),
        ...known("Yes as often, but blindly", blindHitRate),
      ]}
      mark={{ at: COIN, name: "a coin" }}
      words={share}
    />
  )
}

function againstWords({ interval, naiveHitRate, blindHitRate }: ForecastCard): string {
  const easy = Math.max(COIN, naiveHitRate ?? 0, blindHitRate ?? 0)
  return interval![0] > easy
    ? "All of the range is better than what knows nothing."
    : `What knows nothing is right in ${share(easy)}, which is not below the range.`
}

/** How often it was right, by how old it was. */
export function AgePicture({ card: { decay } }: { card: ForecastCard }) {
  const [youngest, oldest] = [decay[0], decay[decay.length - 1]]
  return (
    <Intervals
      title="Does it get worse with age?"
      about={about("decay")}
      summary={`Youngest: right in ${share(youngest.hitRate)}. Oldest: in ${share(oldest.hitRate)}.`}
      intervals={decay.map((age) => ({
        name: `${formatDuration(age.fromMs)} to ${formatDuration(age.toMs)} old`,
        note: formatNumber(age.count),
        value: age.hitRate,
        low: age.interval[0],
        high: age.interval[1],
      }))}
      mark={{ at: COIN, name: "a coin" }}
      words={share}
    />
  )
}
