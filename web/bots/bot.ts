import { answered, relay } from "../relay-client/relay.ts"
import { tellNews } from "../relay-client/relay-news.ts"

/** A bot as the relay shows it; amounts are decimal texts. */
export type Bot = Awaited<ReturnType<typeof askBots>>[number]
export type BotStatus = Bot["status"]
export type BotPosition = Bot["positions"][number]
export type BotCommand = Parameters<(typeof relay.bots)[":id"][":command"]["$post"]>[0]["param"]["command"]
export type WantedBot = Parameters<typeof relay.bots.$post>[0]["json"]

export async function askBots() {
  const answer = await answered(relay.bots.$get())
  return (await answer.json()).items
}

export async function askBot(id: string): Promise<Bot> {
  const answer = await answered(relay.bots[":id"].$get({ param: { id } }))
  return answer.json()
}

/** Starts a bot. Throws `RelayRefusal` with the place of what is wrong. */
export async function deployBot(json: WantedBot): Promise<Bot> {
  const answer = await answered(relay.bots.$post({ json }))
  tellNews()
  return answer.json()
}

export async function commandBot(id: string, command: BotCommand): Promise<void> {
  await answered(relay.bots[":id"][":command"].$post({ param: { id, command } }))
  tellNews()
}

export async function removeBot(id: string): Promise<void> {
  await answered(relay.bots[":id"].$delete({ param: { id } }))
  tellNews()
}

/** The currency it counts in. */
export function quoteOf({ markets }: Pick<Bot, "markets">): string {
  return markets[0].split("/")[1]
}
