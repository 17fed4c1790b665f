import { MINUTE_MS } from "./timeframe.ts"

/** A length of time in its two largest units: "3 d 4 h", "25 min". */
export function formatDuration(lengthMs: number): string {
  const minutes = Math.round(lengthMs / MINUTE_MS)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return both(hours, "h", minutes % 60, "min")
  return both(Math.floor(hours / 24), "d", hours % 24, "h")
}

function both(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
