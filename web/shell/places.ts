import {
  Activity,
  Bot,
  ChartCandlestick,
  Database,
  House,
  LibraryBig,
  type LucideIcon,
  MessageSquareText,
  Settings,
  Signpost,
} from "lucide-react"

export type Place = {
  to: "/" | "/chat" | "/backtest" | "/library" | "/watch" | "/signals" | "/bots" | "/data" | "/settings"
  name: string
  Icon: LucideIcon
  /** On a phone it is behind “More”. */
  isSeldom?: true
}

/** Where a person can go, in the order of the rail. */
export const places: Place[] = [
  { to: "/", name: "Home", Icon: House },
  { to: "/chat", name: "Chat", Icon: MessageSquareText },
  { to: "/backtest", name: "Backtest", Icon: ChartCandlestick },
  { to: "/library", name: "Library", Icon: LibraryBig },
  { to: "/watch", name: "Watch", Icon: Activity, isSeldom: true },
  { to: "/signals", name: "Signals", Icon: Signpost, isSeldom: true },
  { to: "/bots", name: "Bots", Icon: Bot },
  { to: "/data", name: "Data", Icon: Database, isSeldom: true },
  { to: "/settings", name: "Settings", Icon: Settings, isSeldom: true },
]
