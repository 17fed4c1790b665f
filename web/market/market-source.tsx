import type { SavedMarket } from "../db/market-catalogue.ts"
import { type TimeZone, formatCandleDay, formatDateTime } from "../ui/date-format.ts"
import { formatBytes } from "../ui/number-format.ts"

/** A market's origin, and the hash that identifies its candles. */
export function MarketSource({ market, zone }: { market: SavedMarket; zone: TimeZone }) {
  const day = (timeMs: number) => formatCandleDay(timeMs, market.timeframeMs, zone)
  const rows: [name: string, words: string][] = [
    ["From", market.symbol ? `${market.source}, ${market.symbol}` : market.source],
    ["Prices in", market.quote ?? "Not known: rename the market to say it"],
    ["Kept since", formatDateTime(market.importedAtMs, zone)],
    [
      "Asked for",
      market.fetched.map(({ fromMs, toMs }) => `${day(fromMs)} to ${day(toMs - market.timeframeMs)}`).join(", "),
    ],
    ["Further columns", market.extraNames.join(", ")],
    ["Size", formatBytes(market.storedBytes)],
  ]
  return (
    <div className="flex flex-col gap-3">
      {market.notes.map((note) => (
        <p key={note} className="text-sm text-warn">
          {note}
        </p>
      ))}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
        {rows
          .filter(([, words]) => words !== "")
          .map(([name, words]) => (
            <Row key={name} name={name} words={words} />
          ))}
        <dt className="text-ink-soft">Fingerprint</dt>
        <dd className="font-mono text-sm wrap-anywhere" data-hash="market">
          {market.hash}
        </dd>
      </dl>
    </div>
  )
}

function Row({ name, words }: { name: string; words: string }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere">{words}</dd>
    </>
  )
}
