import { CircleCheck, CircleDashed, CirclePause, CircleStop, Loader, type LucideIcon, OctagonAlert } from "lucide-react"
import type { BotStatus } from "./bot.ts"

const looks: Record<BotStatus, { words: string; Icon: LucideIcon; ink: string }> = {
  running: { words: "Running", Icon: CircleCheck, ink: "text-gain" },
  starting: { words: "Starting", Icon: CircleDashed, ink: "text-info" },
  paused: { words: "Paused, no new entries", Icon: CirclePause, ink: "text-warn" },
  closing: { words: "Selling everything", Icon: Loader, ink: "text-warn" },
  stopped: { words: "Ended", Icon: CircleStop, ink: "text-ink-soft" },
  halted: { words: "Halted", Icon: OctagonAlert, ink: "text-loss" },
}

/** What a bot does now, by a word, a picture and a colour. */
export function BotStatusWords({ status }: { status: BotStatus }) {
  const { words, Icon, ink } = looks[status]
  return (
    <span data-testid="bot-status" className={`inline-flex items-center gap-2 font-medium ${ink}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {words}
    </span>
  )
}
