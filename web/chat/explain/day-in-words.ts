/** A day somebody named, perhaps without its year. Months count from 1. */
export type Day = { day: number; month: number; year?: number; hour?: number }

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const monthName = `(${months.join("|")})[a-z]*\\.?`
const hourWords = String.raw`(?:.*?\b(?:at\s+)?(\d{1,2}):\d\d)?`

const patterns: { pattern: RegExp; read: (found: string[]) => Day }[] = [
  {
    pattern: new RegExp(String.raw`\b(\d{4})-(\d\d)-(\d\d)` + hourWords),
    read: ([year, month, day, hour]) => ({ ...whole({ year, month, day, hour }) }),
  },
  {
    pattern: new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthName}(?:,? (\d{4}))?` + hourWords),
    read: ([day, month, year, hour]) => whole({ day, month: monthNumber(month), year, hour }),
  },
  {
    pattern: new RegExp(String.raw`\b${monthName} (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?` + hourWords),
    read: ([month, day, year, hour]) => whole({ day, month: monthNumber(month), year, hour }),
  },
]

/** The day in a sentence: "12 March", "March 12, 2024", "2024-03-12", each perhaps "at 14:00". */
export function dayIn(text: string): Day | undefined {
  for (const { pattern, read } of patterns) {
    const found = pattern.exec(text.toLowerCase())
    const day = found && read(found.slice(1))
    if (day && isDay(day)) return day
  }
  return undefined
}

function monthNumber(name: string): string {
  return String(months.indexOf(name) + 1)
}

type Written = { day: string; month: string; year?: string; hour?: string }

function whole({ day, month, year, hour }: Written): Day {
  return {
    day: Number(day),
    month: Number(month),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(hour === undefined ? {} : { hour: Number(hour) }),
  }
}

function isDay({ day, month, year = 2024, hour = 0 }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24
}

/** A day as date fields hold it; without its year, the newest such day up to `lastDay`. */
export function isoDayOf({ day, month, year }: Day, lastDay: string): string {
  const written = (wanted: number) => `${wanted}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`
  if (year !== undefined) return written(year)
  const lastYear = Number(lastDay.slice(0, 4))
  return written(lastYear) <= lastDay ? written(lastYear) : written(lastYear - 1)
}
