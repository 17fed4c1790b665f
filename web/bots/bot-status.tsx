import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleStop,
  Loader,
  type LucideIcon,
  OctagonAlert,
  Unplug,
} from "lucide-react"
import { usePreferences } from "../settings/index.ts"
import { formatClock, type TimeZone } from "../ui/date-format.ts"
import type { BotStatus } from "./bot.ts"

const looks: Record<BotStatus, { words: string; Icon: LucideIcon; ink: string }> = {
  running: { words: "Running", Icon: CircleCheck, ink: "text-gain" },
  starting: { words: "Starting", Icon: CircleDashed, ink: "text-info" },
  paused: { words: "Paused, no new entries", Icon: CirclePause, ink: "text-warn" },
  closing: { words: "Selling everything", Icon: Loader, ink: "text-warn" },
  stopped: { words: "Ended", Icon: CircleStop, ink: "text-ink-soft" },
  halted: { words: "Halted", Icon: OctagonAlert, ink: "text-loss" },
}

function away(sinceMs: number, zone: TimeZone) {
  return { words: `Relay not reached since ${formatClock(sinceMs, zone)}`, Icon: Unplug, ink: "text-warn" }
}

type BotStatusWordsProps = {
  status: BotStatus
  /** Since when the relay has not answered: nobody here knows what the bot does now. */
  awaySinceMs?: number
}

/** What a bot does now, by a word, a picture and a colour; or since when nobody can say. */
export function BotStatusWords({ status, awaySinceMs }: BotStatusWordsProps) {
  const { timeZone } = usePreferences()
  const isEnded = status === "stopped"
  const { words, Icon, ink } = awaySinceMs === undefined || isEnded ? looks[status] : away(awaySinceMs, timeZone)
  return (
    <span data-testid="bot-status" className={`inline-flex items-center gap-2 font-medium ${ink}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {words}
    </span>
  )
}
