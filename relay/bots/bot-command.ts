import { Refusal } from "../door/refusal.ts"
import type { BotRecord, BotWish } from "../ledger/bot-record.ts"

/** `pause` ends entries, `close` sells all and pauses, `stop` sells all and ends. */
export const botCommands = ["pause", "resume", "close", "stop"] as const
export type BotCommand = (typeof botCommands)[number]

export const wishOf: Record<BotCommand, BotWish> = { pause: "pause", resume: "run", close: "close", stop: "stop" }

export const commandWords: Record<BotCommand, string> = {
  pause: "Entries are paused; positions and their stops stay.",
  resume: "Entries go on.",
  close: "Everything it holds is being sold; entries are paused.",
  stop: "Everything it holds is being sold; then the bot ends.",
}

/** What a command does while the kill switch is as it is, in words. */
export function wordsOf(command: BotCommand, { isOn }: { isOn: boolean }): string {
  return command === "resume" && isOn
    ? "The bot is resumed, but nothing is bought while the kill switch is on. Entries go on once it is released."
    : commandWords[command]
}

/** Throws a `Refusal` for a command that makes no sense now. */
export function refuseUnfitCommand({ status, wish }: Pick<BotRecord, "status" | "wish">, command: BotCommand): void {
  if (status === "closing" && wish === "stop" && command !== "stop")
    throw new Refusal(
      409,
      "is-ending",
      `This bot is ending for good, as you wanted, and sells what it holds: it cannot ${command} any more. Deploy the strategy again for another.`,
    )
  if (status === "stopped")
    throw new Refusal(
      409,
      "has-ended",
      `This bot has ended, so it cannot ${command}. Deploy the strategy again for another.`,
    )
}
