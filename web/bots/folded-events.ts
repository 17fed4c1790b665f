import type { BotEvent } from "./bot-history.ts"

type Told = Pick<BotEvent, "seq" | "kind" | "botId" | "words" | "about">

/**
 * Events, the newest first, each row of refusals or problems that repeat as one. The relay says a refusal again at 2, 4,
 * 8 times, and the newest says how often it was and when it comes next; problems are counted here.
 */
export function foldedEvents<Event extends Told>(events: readonly Event[]): Event[] {
  const problems = foldedProblems(events)
  const rows = new Map<string, { key: string; times: number }>()
  return problems.filter((event) => {
    const where = placeOf(event)
    const later = rows.get(where)
    if (event.kind !== "refusal") {
      rows.delete(where)
      return true
    }
    const [key, times] = [keyOf(event), Number(event.about?.times ?? 1)]
    const isSameRow = later?.key === key && times < later.times
    // The first of a row ends it.
    if (isSameRow && times === 1) rows.delete(where)
    else rows.set(where, { key, times })
    return !isSameRow
  })
}

/** A problem that comes again with nothing else of its market between, such as a market that halts again and again. */
function foldedProblems<Event extends Told>(events: readonly Event[]): Event[] {
  const rows = new Map<string, { newest: Event; key: string; times: number }>()
  const timesOf = new Map<Event, number>()
  for (const event of events) {
    const [where, key] = [placeOf(event), problemKeyOf(event)]
    const row = rows.get(where)
    if (key === undefined) rows.delete(where)
    else if (row?.key === key) timesOf.set(row.newest, ++row.times)
    else rows.set(where, { newest: event, key, times: 1 })
    if (key === undefined || row?.key !== key) timesOf.set(event, 1)
  }
  return [...timesOf].map(([event, times]) =>
    times === 1 ? event : { ...event, words: `${event.words} So it was ${times} times in a row.` },
  )
}

function placeOf(event: Told): string {
  return `${event.botId} ${textIn(event, "market") ?? ""}`
}

/** A reason with other figures is the same reason. */
function keyOf(event: Told): string {
  return (textIn(event, "because") ?? textIn(event, "reason") ?? event.words).replace(/\d+(\.\d+)?/g, "#")
}

/** A problem at another time is the same problem; one with another quantity is not. */
function problemKeyOf({ kind, words }: Told): string | undefined {
  return kind === "problem" ? words.replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?/g, "#") : undefined
}

function textIn({ about }: Told, name: string): string | undefined {
  const value = about?.[name]
  return typeof value === "string" ? value : undefined
}
