import { leveragedLongGap } from "#engine/result"

/** What the chosen fills leave out of leveraged longs, if they do. */
export function LeverageGap(settings: { fills: string; leverage: number }) {
  const gap = leveragedLongGap(settings)
  return gap === undefined ? null : (
    <p data-testid="leverage-gap" className="max-w-[72ch] text-sm text-warn">
      {gap}
    </p>
  )
}
