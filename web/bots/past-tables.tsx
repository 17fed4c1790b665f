import { plainText } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { DataTable, type DataColumn } from "../ui/data-table.tsx"
import { formatDateTime, type TimeZone } from "../ui/date-format.ts"
import { formatPrice, formatQuantity } from "../ui/number-format.ts"
import type { BotOrder, BotTrade } from "./bot-history.ts"
import { exitWords } from "./exit-words.ts"
import { SignedMoney } from "./money.tsx"

/** A bot's finished trades, the last to end first. */
export function TradeTable({ trades, quote }: { trades: BotTrade[]; quote: string }) {
  const { timeZone } = usePreferences()
  if (trades.length === 0) return <p className="text-ink-soft">No trade has ended yet.</p>
  return <DataTable label="Trades" rows={trades} columns={tradeColumns(timeZone, quote)} />
}

/** A bot's orders, the newest first. */
export function OrderTable({ orders }: { orders: BotOrder[] }) {
  const { timeZone } = usePreferences()
  if (orders.length === 0) return <p className="text-ink-soft">It has sent no order yet.</p>
  return <DataTable label="Orders" rows={orders} columns={orderColumns(timeZone)} />
}

function tradeColumns(zone: TimeZone, quote: string): DataColumn<BotTrade>[] {
  return [
    { key: "ended", header: "Ended", cell: ({ exitTimeMs }) => formatDateTime(exitTimeMs, zone), sortBy: ended },
    { key: "market", header: "Market", from: "medium", cell: ({ market }) => plainText(market, 40) },
    {
      key: "quantity",
      header: "Quantity",
      align: "end",
      from: "large",
      cell: ({ quantity }) => formatQuantity(Number(quantity)),
    },
    {
      key: "bought",
      header: "Bought at",
      align: "end",
      from: "medium",
      cell: ({ entryPrice }) => formatPrice(Number(entryPrice)),
    },
    {
      key: "sold",
      header: "Sold at",
      align: "end",
      from: "medium",
      cell: ({ exitPrice }) => formatPrice(Number(exitPrice)),
    },
    {
      key: "why",
      header: "Why",
      from: "large",
      cell: ({ exitReason }) => exitWords[exitReason] ?? plainText(exitReason, 40),
    },
    {
      key: "profit",
      header: "After fees",
      align: "end",
      cell: ({ profit }) => <SignedMoney amount={profit} quote={quote} />,
      sortBy: ({ profit }) => Number(profit),
    },
  ]
}

const ended = ({ exitTimeMs }: BotTrade) => exitTimeMs

function orderColumns(zone: TimeZone): DataColumn<BotOrder>[] {
  return [
    {
      key: "made",
      header: "Made",
      cell: ({ createdMs }) => formatDateTime(createdMs, zone),
      sortBy: ({ createdMs }) => createdMs,
    },
    { key: "what", header: "What", cell: ({ side, role }) => `${side === "buy" ? "Buy" : "Sell"}, ${roleWords[role]}` },
    { key: "market", header: "Market", from: "large", cell: ({ market }) => plainText(market, 40) },
    {
      key: "quantity",
      header: "Filled of",
      align: "end",
      from: "medium",
      cell: ({ filledQuantity, quantity }) =>
        `${formatQuantity(Number(filledQuantity))} / ${formatQuantity(Number(quantity))}`,
    },
    {
      key: "price",
      header: "Price",
      align: "end",
      from: "large",
      cell: ({ price, stopPrice }) => priceWords(stopPrice ?? price),
    },
    {
      key: "status",
      header: "Status",
      cell: ({ status, reason }) => (
        <span title={reason ?? undefined}>{statusWords[status] ?? plainText(status, 40)}</span>
      ),
    },
  ]
}

function priceWords(price: string | null): string {
  return price === null ? "at the market" : formatPrice(Number(price))
}

const roleWords: Record<BotOrder["role"], string> = {
  entry: "to enter",
  add: "to add",
  stop: "the stop",
  target: "the target",
  exit: "to leave",
  buyBack: "to have back what was sold by hand",
}

const statusWords: Record<string, string> = {
  planned: "Being sent",
  unknown: "Being asked about",
  open: "Open",
  filled: "Filled",
  cancelled: "Cancelled",
  expired: "Not filled",
  refused: "Refused",
  rejected: "Refused",
}
