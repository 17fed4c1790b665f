import {
  ArrowLeftRight,
  Ban,
  CircleDot,
  type LucideIcon,
  ScrollText,
  ShieldAlert,
  ToggleRight,
  TriangleAlert,
} from "lucide-react"
import type { ReactNode } from "react"
import { plainText } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { formatDateTimeSeconds, withLocalTimes } from "../ui/date-format.ts"
import type { BotEvent } from "./bot-history.ts"

/** Of a list that says of all its events where they happened, without `exchange`. */
type ShownEvent = Omit<BotEvent, "exchange"> & Partial<Pick<BotEvent, "exchange">>

const looks: Record<BotEvent["kind"], { word: string; Icon: LucideIcon; ink: string }> = {
  decision: { word: "Decision", Icon: CircleDot, ink: "text-ink-soft" },
  order: { word: "Order", Icon: ScrollText, ink: "text-ink-soft" },
  fill: { word: "Trade", Icon: ArrowLeftRight, ink: "text-info" },
  refusal: { word: "Refused", Icon: Ban, ink: "text-warn" },
  risk: { word: "Risk", Icon: ShieldAlert, ink: "text-warn" },
  status: { word: "Status", Icon: ToggleRight, ink: "text-ink-soft" },
  problem: { word: "Problem", Icon: TriangleAlert, ink: "text-loss" },
}

const exchangeWords: Record<NonNullable<BotEvent["exchange"]>, string> = {
  real: "",
  testnet: "Testnet",
  practice: "Made-up money",
  paper: "Paper: real prices, no real orders",
  "stand-in": "Stand-in exchange",
}

/** The longest sentence shown; the relay's own are far shorter. */
const MOST_LETTERS = 2_000

/** One thing that happened, in words. */
export function EventLine({ event, children }: { event: ShownEvent; children?: ReactNode }) {
  const { timeZone } = usePreferences()
  const { word, Icon, ink } = looks[event.kind]
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-t border-line py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <p className="flex flex-wrap items-center gap-x-3 text-sm whitespace-nowrap text-ink-soft tabular-nums sm:flex-col sm:flex-nowrap sm:items-start sm:whitespace-normal">
        <span className={`inline-flex items-center gap-2 font-medium ${ink}`}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {word}
        </span>
        <span className="text-xs">{formatDateTimeSeconds(event.atMs, timeZone)}</span>
        {event.exchange && exchangeWords[event.exchange] && (
          <span className="text-xs">{exchangeWords[event.exchange]}</span>
        )}
      </p>
      <div className="max-w-[72ch] min-w-0 wrap-anywhere text-ink">
        {withLocalTimes(plainText(event.words, MOST_LETTERS), timeZone)}
        {children}
      </div>
    </li>
  )
}
