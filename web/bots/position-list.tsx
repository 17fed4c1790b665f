import type { ReactNode } from "react"
import { plainText } from "#engine/candles"
import { Notice } from "../ui/notice.tsx"
import { formatPrice, formatQuantity } from "../ui/number-format.ts"
import { type Bot, type BotPosition, quoteOf } from "./bot.ts"
import { SignedMoney } from "./money.tsx"

/** What a bot owns, and what protects it. */
export function PositionList({ bot }: { bot: Bot }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">What it owns</h2>
      {bot.positions.length === 0 ? (
        <p className="text-ink-soft">Nothing now: all its money is in {quoteOf(bot)}.</p>
      ) : (
        <ul aria-label="Positions" className="border-b border-line">
          {bot.positions.map((position) => (
            <Position key={position.market} position={position} quote={quoteOf(bot)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Position({ position, quote }: { position: BotPosition; quote: string }) {
  const { market, quantity, entryPrice, price, stopPrice, stopMissing, targetPrice, unrealised } = position
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-6">
        <span className="font-medium text-ink-strong">
          {`${formatQuantity(Number(quantity))} ${plainText(market.split("/")[0], 20)}`}
        </span>
        <SignedMoney amount={unrealised} quote={quote} />
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
        <Level name="Bought at">{formatPrice(Number(entryPrice))}</Level>
        <Level name="Price now">{formatPrice(Number(price))}</Level>
        <Level name="Stop">
          {stopPrice === null ? (
            <span className="text-warn">none</span>
          ) : (
            `${formatPrice(Number(stopPrice))} (${awayWords(stopPrice, price)})`
          )}
        </Level>
        <Level name="Target">
          {targetPrice === null
            ? "none: its rules sell"
            : `${formatPrice(Number(targetPrice))} (${awayWords(targetPrice, price)})`}
        </Level>
      </dl>
      {stopMissing !== null && <Notice kind="warn">{stopMissing}</Notice>}
    </li>
  )
}

function Level({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-ink-strong tabular-nums">{children}</dd>
    </div>
  )
}

/** "1.2 % below the price". */
function awayWords(level: string, price: string): string {
  const percent = (100 * (Number(level) - Number(price))) / Number(price)
  return `${Math.abs(percent).toFixed(1)}\u202f% ${percent < 0 ? "below" : "above"}`
}
