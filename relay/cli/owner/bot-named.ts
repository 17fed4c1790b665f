import { quoted } from "#engine/candles"
import type { BotView } from "../../bots/bot-view.ts"
import { HonestNo } from "../command.ts"
import type { AskRelay } from "./owner-relay.ts"

export function allBots(ask: AskRelay): Promise<{ items: BotView[]; next: string | null }> {
  return ask({ method: "GET", path: "/bots" })
}

/** The bot of this id or name, of several with the name the one that has not ended; throws `HonestNo` otherwise. */
export async function botNamed(ask: AskRelay, name: string): Promise<BotView> {
  const { items } = await allBots(ask)
  const named = items.filter((bot) => bot.name === name)
  const going = named.filter(({ status }) => status !== "stopped")
  const bot = items.find(({ id }) => id === name) ?? (going.length === 0 ? named : going)[0]
  if (bot === undefined) throw new HonestNo(`There is no bot ${quoted(name)}.`)
  if (bot.id !== name && (going.length === 0 ? named : going).length > 1)
    throw new HonestNo(`Several bots are called ${quoted(name)}: name one by its id, ${idsOf(named)}.`)
  return bot
}

const MOST_IDS = 10

function idsOf(bots: readonly BotView[]): string {
  const ids = bots.slice(0, MOST_IDS).map(({ id }) => id)
  return bots.length > MOST_IDS ? `${ids.join(", ")} …` : ids.join(", ")
}
