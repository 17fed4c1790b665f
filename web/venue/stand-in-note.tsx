import { useCallback } from "react"
import type { VenueId } from "#venues"
import { useAnswer } from "../relay-client/use-answer.ts"
import { askRelay } from "./relay-door.ts"

/** That the prices of an exchange come from a program on this computer; nothing where they are its own. */
export function StandInNote({ venue, words = standInWords }: { venue: VenueId; words?: string }) {
  const [answer] = useAnswer(useCallback(() => isStandIn(venue), [venue]))
  if (answer.state !== "ready" || !answer.value) return null
  return <p className="max-w-[72ch] text-sm text-ink-soft">{words}</p>
}

/** What one should know of candles that a stand-in exchange gives. */
export const standInWords = "A program on this computer stands in for this exchange: its prices may be made up."

async function isStandIn(venue: VenueId): Promise<boolean> {
  const answer = await askRelay("/api/md/venues", {})
  const venues = (await answer.json()) as { id: string; isStandIn: boolean }[]
  return venues.some(({ id, isStandIn: isOne }) => id === venue && isOne)
}
