import { answered, relay } from "../relay-client/relay.ts"
import type { WantedBot } from "./bot.ts"

/** What must be so before real money moves: how it is, and what to do where it is not. */
export type GateLine = Awaited<ReturnType<typeof askGate>>[number]

/** Every line of the gate for a bot that is wanted; none where its money is made up. */
export async function askGate(json: WantedBot) {
  const answer = await answered(relay.bots.gate.$post({ json }))
  return (await answer.json()).lines
}
