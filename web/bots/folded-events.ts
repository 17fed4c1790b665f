import type { BotEvent } from "./bot-history.ts"

type Told = Pick<BotEvent, "seq" | "kind" | "botId" | "words" | "about">

/**
 * Events, the newest first, each row of refusals that repeat as one: the relay says a refusal again at 2, 4, 8 times,
 * and the newest says how often it was and when it comes next.
 */
export function foldedEvents<Event extends Told>(events: readonly Event[]): Event[] {
  const rows = new Map<string, { key: string; times: number }>()
  return events.filter((event) => {
    const where = `${event.botId} ${textIn(event, "market") ?? ""}`
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

/** A reason with other figures is the same reason. */
function keyOf(event: Told): string {
  return (textIn(event, "because") ?? textIn(event, "reason") ?? event.words).replace(/\d+(\.\d+)?/g, "#")
}

function textIn({ about }: Told, name: string): string | undefined {
  const value = about?.[name]
  return typeof value === "string" ? value : undefined
}
