import type { ReactNode } from "react"
import { usePreferences } from "../settings/index.ts"
import { DangerList } from "../strategy/index.ts"
import { Notice } from "../ui/notice.tsx"
import { withLocalTimes } from "../ui/date-format.ts"
import { formatMoney } from "../ui/number-format.ts"
import { type Bot, quoteOf } from "./bot.ts"
import { timesOf } from "./bot-words.ts"
import { SignedMoney } from "./money.tsx"

/** How a bot stands: its money, its last reason, its next decision. */
export function BotStanding({ bot }: { bot: Bot }) {
  const { timeZone } = usePreferences()
  const quote = quoteOf(bot)
  return (
    <section aria-label="How it stands" className="flex flex-col gap-4">
      {bot.haltedBecause !== null && (
        <Notice kind="error">
          {`It was halted: ${withLocalTimes(bot.haltedBecause, timeZone)} ${stopsWords(bot)}`.trimEnd()}
        </Notice>
      )}
      <p data-testid="last-reason" className="max-w-[72ch] text-base wrap-anywhere text-ink-strong">
        {withLocalTimes(bot.lastReason || "It has decided nothing yet.", timeZone)}
      </p>
      <DangerList dangers={bot.dangers} />
      {bot.notes.map((words) => (
        <Notice key={words} kind="info">
          {words}
        </Notice>
      ))}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap">
        <Figure name="Worth now">{formatMoney(Number(bot.equity), quote)}</Figure>
        <Figure name="Today (UTC)">
          <SignedMoney amount={bot.pnlToday} quote={quote} />
        </Figure>
        <Figure name="Since it began">
          <SignedMoney amount={bot.pnlTotal} quote={quote} />
        </Figure>
        <Figure name="Began with">{formatMoney(Number(bot.cash), quote)}</Figure>
      </dl>
      <p className="text-sm text-ink-soft">{timesOf(bot, timeZone)}</p>
    </section>
  )
}

/** Where a stop is missing, its position says so. */
function stopsWords({ positions }: Bot): string {
  const isAllSafe = positions.length > 0 && positions.every(({ stopPrice }) => stopPrice !== null)
  return isAllSafe ? "Its stops stay at the exchange." : ""
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="text-lg font-semibold text-ink-strong tabular-nums">{children}</dd>
    </div>
  )
}
