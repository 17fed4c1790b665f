/** Forecasts between two edges, and how many of them came true; edges and mean in the unit of the forecasts. */
export type CalibrationBin = { from: number; to: number; count: number; meanForecast: number; happenedShare: number }

/** What is forecast, and whether it then happened (1 or 0); rising edges, of which the last belongs to the last bin. */
type Forecasts = { forecast: Float64Array; happened: Float64Array; edges: readonly number[] }

/** How often forecasts of each size came true: of those that say 60 % about 60 % should. Empty bins are left out. */
export function calibrationBins({ forecast, happened, edges }: Forecasts): CalibrationBin[] {
  const bins = edges
    .slice(0, -1)
    .map((from, at) => ({ from, to: edges[at + 1], count: 0, meanForecast: 0, happenedShare: 0 }))
  for (let i = 0; i < forecast.length; i++) {
    const bin = bins.findLast(({ from }) => forecast[i] >= from)
    if (!bin || !(forecast[i] <= bin.to)) continue
    bin.count++
    bin.meanForecast += (forecast[i] - bin.meanForecast) / bin.count
    bin.happenedShare += (happened[i] - bin.happenedShare) / bin.count
  }
  return bins.filter(({ count }) => count > 0)
}
