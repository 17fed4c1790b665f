import { answered, relay } from "./relay.ts"
import { tellNews } from "./relay-news.ts"

/** Coins that a bot holds and its exchange does not have; quantities are decimal texts. */
export type Difference = Awaited<ReturnType<typeof askDifferences>>[number]
export type DifferenceAction = Difference["actions"][number]

/** The newest first. */
export async function askDifferences() {
  const answer = await answered(relay.reconcile.$get())
  return (await answer.json()).items
}

/** Tells the relay what became of them. Returns what follows, in words. */
export async function answerDifference(id: string, action: DifferenceAction): Promise<string> {
  const answer = await answered(relay.reconcile[":id"].$post({ param: { id }, json: { action } }))
  tellNews()
  return (await answer.json()).words
}
