import { useCallback } from "react"
import { WatchedOnly } from "../accounts/index.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Tabs } from "../ui/tabs.tsx"
import { type Bot, quoteOf } from "./bot.ts"
import { askEquity, askOrders, askTrades } from "./bot-history.ts"
import { EquityCurve } from "./equity-curve.tsx"
import { EventList } from "./event-list.tsx"
import type { Comparison } from "./use-parity.ts"
import { OrderTable, TradeTable } from "./past-tables.tsx"

type BotPastProps = { bot: Bot; comparison: Comparison; onCompare: () => void }

/** What a bot did: told in words, as trades, as orders, and as money over time. */
export function BotPast({ bot, ...beside }: BotPastProps) {
  return (
    <Tabs
      label="What it did"
      tabs={[
        { value: "events", label: "What happened", content: <EventList botId={bot.id} /> },
        { value: "equity", label: "Money over time", content: <Equity bot={bot} {...beside} /> },
        { value: "trades", label: "Trades", content: <Trades bot={bot} /> },
        { value: "orders", label: "Orders", content: <Orders bot={bot} /> },
      ]}
    />
  )
}

function Equity({ bot, comparison, onCompare }: BotPastProps) {
  const watched = useWatched(useCallback(() => askEquity(bot.id), [bot.id]))
  return (
    <WatchedOnly watched={watched}>
      {(points) => <EquityCurve {...{ points, bot, comparison, onCompare }} />}
    </WatchedOnly>
  )
}

function Trades({ bot }: { bot: Bot }) {
  const watched = useWatched(useCallback(() => askTrades(bot.id), [bot.id]))
  return <WatchedOnly watched={watched}>{(trades) => <TradeTable trades={trades} quote={quoteOf(bot)} />}</WatchedOnly>
}

function Orders({ bot }: { bot: Bot }) {
  const watched = useWatched(useCallback(() => askOrders(bot.id), [bot.id]))
  return <WatchedOnly watched={watched}>{(orders) => <OrderTable orders={orders} />}</WatchedOnly>
}
