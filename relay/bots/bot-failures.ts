import { asSentence } from "../door/refusal.ts"
import { awayWords } from "./away-words.ts"
import type { BotSeat } from "./bot-seat.ts"

/** What keeps bots from working now: one sentence for each exchange that is away, with all who wait for it, else for each bot. */
export function failuresOf(seats: readonly BotSeat[]): Map<string, string> {
  const troubles = new Map<string, string>()
  const running = seats.filter(({ bot }) => bot.status !== "stopped")
  for (const { bot, runner, failure } of running) {
    const away = runner?.away
    const because = failure || (runner?.failure ?? "")
    if (away) {
      const waiting = running.flatMap((one) =>
        one.bot.accountId === bot.accountId ? (one.runner?.away?.waiting ?? []) : [],
      )
      troubles.set(
        `${away.because === "maintenance" ? away.because : "away"} ${bot.accountId}`,
        awayWords(away, away.place, waiting),
      )
    } else if (because !== "") troubles.set(bot.id, `${bot.name} cannot work: ${asSentence(because)}`)
  }
  return troubles
}
