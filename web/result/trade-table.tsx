import { plainText } from "#engine/candles"
import { type Trade, exitWords } from "#engine/result"
import { useMemo } from "react"
import { usePreferences } from "../settings/index.ts"
import { type DataColumn, DataTable } from "../ui/data-table.tsx"
import { type TimeZone, formatCandle, formatDuration } from "../ui/date-format.ts"
import {
  formatMoney,
  formatPrice,
  formatQuantity,
  formatSignedMoney,
  formatSignedPercent,
} from "../ui/number-format.ts"
import type { RunMarket } from "../run/run-report.ts"

type TradeTableProps = {
  trades: Trade[]
  /** All markets tested together. */
  markets: RunMarket[]
  zone: TimeZone
  selected?: Trade
  onSelect: (trade: Trade) => void
  pointed?: Trade
  onPoint: (trade: Trade | undefined) => void
}

/** Every trade; choosing one shows it on the chart, pointing at one highlights it there. */
export function TradeTable({ trades, markets, zone, selected, onSelect, pointed, onPoint }: TradeTableProps) {
  const { mode } = usePreferences()
  const columns = useMemo(() => {
    const all = tradeColumns(markets, zone)
    return mode === "pro" ? [...all, tagColumn].map((column) => ({ ...column, from: undefined })) : all
  }, [markets, zone, mode])
  return (
    <DataTable
      label="Trades. Arrows move through them; the chosen one is shown on the chart."
      rows={trades}
      columns={columns}
      selected={selected}
      onSelect={onSelect}
      pointed={pointed}
      onPoint={onPoint}
      maxHeight="max-h-62"
    />
  )
}

/** Which of its conditions let it in. */
const tagColumn: DataColumn<Trade> = {
  key: "entryTag",
  header: "Because of",
  sortBy: ({ entryTag }) => entryTag,
  cell: ({ entryTag }) => plainText(entryTag, 80),
}

function tradeColumns(markets: RunMarket[], zone: TimeZone): DataColumn<Trade>[] {
  const byName = new Map(markets.map((market) => [market.name, market]))
  const of = (trade: Trade) => byName.get(trade.market) ?? markets[0]
  const { currency } = markets[0]
  const time = (trade: Trade, timeMs: number) => formatCandle(timeMs, of(trade).timeframeMs, zone)
  return [
    ...(markets.length === 1 ? [] : [marketColumn]),
    {
      key: "entryTimeMs",
      header: "Bought",
      sortBy: (trade) => trade.entryTimeMs,
      cell: (trade) => time(trade, trade.entryTimeMs),
    },
    {
      key: "entryPrice",
      header: "At",
      align: "end",
      from: "large",
      sortBy: (trade) => trade.entryPrice,
      cell: (trade) => formatPrice(trade.entryPrice, of(trade).priceDecimals),
    },
    {
      key: "exitTimeMs",
      header: "Sold",
      from: "medium",
      sortBy: (trade) => trade.exitTimeMs,
      cell: (trade) => time(trade, trade.exitTimeMs),
    },
    {
      key: "exitPrice",
      header: "At",
      align: "end",
      from: "large",
      sortBy: (trade) => trade.exitPrice,
      cell: (trade) => formatPrice(trade.exitPrice, of(trade).priceDecimals),
    },
    {
      key: "profit",
      header: "Profit",
      align: "end",
      sortBy: (trade) => trade.profit,
      cell: (trade) => <Gain amount={trade.profit} text={formatSignedMoney(trade.profit, currency)} />,
    },
    {
      key: "profitPercent",
      header: "%",
      align: "end",
      sortBy: (trade) => trade.profitPercent,
      cell: (trade) => <Gain amount={trade.profit} text={formatSignedPercent(trade.profitPercent, 2)} />,
    },
    {
      key: "exitReason",
      header: "Why it sold",
      from: markets.length === 1 ? "medium" : "wide",
      sortBy: (trade) => exitWords[trade.exitReason],
      cell: (trade) => exitWords[trade.exitReason],
    },
    {
      key: "length",
      header: "Held",
      align: "end",
      from: "wide",
      sortBy: (trade) => trade.exitTimeMs - trade.entryTimeMs,
      cell: (trade) => formatDuration(trade.exitTimeMs - trade.entryTimeMs),
    },
    {
      key: "quantity",
      header: "Quantity",
      align: "end",
      from: "wide",
      sortBy: (trade) => trade.quantity,
      cell: (trade) => formatQuantity(trade.quantity),
    },
    {
      key: "feesPaid",
      header: "Fees",
      align: "end",
      from: "wide",
      sortBy: (trade) => trade.feesPaid,
      cell: (trade) => formatMoney(trade.feesPaid, currency),
    },
  ]
}

const marketColumn: DataColumn<Trade> = {
  key: "market",
  header: "Market",
  sortBy: (trade) => trade.market,
  cell: (trade) => trade.market,
}

function Gain({ amount, text }: { amount: number; text: string }) {
  return <span className={amount >= 0 ? "text-gain" : "text-loss"}>{text}</span>
}
