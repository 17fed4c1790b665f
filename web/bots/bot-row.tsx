import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import { type Account, ModeChip } from "../accounts/index.ts"
import { usePreferences } from "../settings/index.ts"
import { DangerList } from "../strategy/index.ts"
import { withLocalTimes } from "../ui/date-format.ts"
import { formatMoney } from "../ui/number-format.ts"
import { type Bot, quoteOf } from "./bot.ts"
import { BotStatusWords } from "./bot-status.tsx"
import { marketsOf, timesOf } from "./bot-words.ts"
import { SignedMoney } from "./money.tsx"

type BotRowProps = { bot: Bot; account: Account | undefined; awaySinceMs?: number }

/** One bot of the list. Its name opens it. */
export function BotRow({ bot, account, awaySinceMs }: BotRowProps) {
  const { timeZone } = usePreferences()
  const name = plainText(bot.name, 80)
  const quote = quoteOf(bot)
  return (
    <li className="grid gap-x-8 gap-y-3 border-t border-line py-4 md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      <div className="flex min-w-0 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            to="/bots/$botId"
            params={{ botId: bot.id }}
            className="py-0.5 text-base font-medium wrap-anywhere text-ink-strong underline-offset-4 hover:underline"
          >
            <bdi>{name}</bdi>
          </Link>
          {account && <ModeChip account={account} />}
          <BotStatusWords status={bot.status} awaySinceMs={awaySinceMs} />
        </p>
        <p className="text-sm text-ink-soft">
          {`${marketsOf(bot)} · ${bot.timeframe} candles`}
          {account && ` · ${plainText(account.name, 80)}`}
        </p>
        <DangerList dangers={bot.dangers} isShort />
        {bot.differences > 0 && (
          <p className="text-sm text-warn">
            Coins are missing at the exchange:{" "}
            <Link to="/bots/reconcile" className="inline-flex min-h-6 items-center underline underline-offset-4">
              say what became of them
            </Link>
          </p>
        )}
        <p className="max-w-[72ch] text-sm wrap-anywhere text-ink">{withLocalTimes(sentenceOf(bot), timeZone)}</p>
      </div>
      <div className="flex flex-col gap-1">
        <dl className="grid grid-cols-3 gap-x-4 text-sm">
          <Figure name="Worth">{formatMoney(Number(bot.equity), quote)}</Figure>
          <Figure name="Today">
            <SignedMoney amount={bot.pnlToday} quote={quote} />
          </Figure>
          <Figure name="In all">
            <SignedMoney amount={bot.pnlTotal} quote={quote} />
          </Figure>
        </dl>
        <p className="text-sm text-ink-soft">{timesOf(bot, timeZone)}</p>
      </div>
    </li>
  )
}

/** Why it stands still, or what it did last. */
function sentenceOf({ haltedBecause, lastReason }: Bot): string {
  if (haltedBecause !== null) return `It was halted: ${haltedBecause}`
  return lastReason || "It has decided nothing yet."
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="text-ink-strong tabular-nums">{children}</dd>
    </div>
  )
}
