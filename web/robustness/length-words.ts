import { formatDuration } from "../ui/date-format.ts"

/** "a moment", "about 20 s", "about 3 min": what is only estimated is not told to the second. */
export function lengthWords(seconds: number): string {
  if (seconds < 2) return "a moment"
  return seconds < 90 ? `about ${roughly(seconds)} s` : `about ${formatDuration(seconds * 1_000)}`
}

/** 1 to 10 as they are, then by fives. */
function roughly(seconds: number): number {
  return seconds <= 10 ? Math.round(seconds) : Math.round(seconds / 5) * 5
}
