import type { Marks } from "./marks.ts"
import type { Place } from "./simulated-relay.ts"

/** Counts what a story came to: faults that struck, codes that refused, kinds of events, crashes. */
export async function markOutcome(marks: Marks, { opened, store, story }: Place, lives: number): Promise<void> {
  for (const entry of opened.exchange.log.entries) {
    if (entry.kind !== "request") continue
    if (entry.fault !== undefined) marks.hit(`fault ${entry.fault}`)
    else if (entry.code !== undefined) marks.hit(`refused ${entry.code}`)
  }
  for (const { trouble } of story.troubles) marks.hit(`trouble ${trouble.do}`)
  const events = await store.database.selectFrom("bot_event").select(["kind", "words"]).execute()
  for (const { kind } of events) marks.hit(`event ${kind}`)
  for (const { words } of events) if (words.startsWith("The engine of this Candlewright")) marks.hit("another engine")
  const orders = await store.database.selectFrom("bot_order").select(["role", "status"]).execute()
  for (const { role, status } of orders) marks.hit(`order ${role} ${status}`)
  for (const { strategy } of story.bots) marks.hit(`strategy ${strategy}`)
  marks.hit(`can ${story.can.protect}${story.can.replace ? " and replace" : ""}`)
  if (lives > 1) marks.hit("another life")
}
