import type { Robustness } from "#engine/run"
import type { TimeZone } from "../../../ui/date-format.ts"
import { CostsPart } from "./costs-part.tsx"
import { FanPart } from "./fan-part.tsx"
import { MoodsPart } from "./moods-part.tsx"
import { OtherMarketsPart } from "./other-markets-part.tsx"
import { RandomEntryPart } from "./random-entry-part.tsx"
import { ShakenLights } from "./shaken-lights.tsx"
import { StartsPart } from "./starts-part.tsx"

type ShakenProps = { robustness: Robustness; currency: string | undefined; zone: TimeZone }

/** What else could have happened to the values that were found. */
export function Shaken({ robustness, currency, zone }: ShakenProps) {
  const { monteCarlo, ruinCash, costs, startDates, randomEntry, regimes, otherMarkets } = robustness
  return (
    <>
      <FanPart monteCarlo={monteCarlo} ruinCash={ruinCash} currency={currency} />
      <CostsPart costs={costs} />
      <StartsPart startDates={startDates} zone={zone} />
      {randomEntry && <RandomEntryPart entries={randomEntry} />}
      {regimes.length > 0 && <MoodsPart regimes={regimes} />}
      {otherMarkets && otherMarkets.length > 0 && <OtherMarketsPart markets={otherMarkets} />}
      <ShakenLights lights={robustness.lights} verdict={robustness.verdict} />
    </>
  )
}
