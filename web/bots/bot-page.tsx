import { Link } from "@tanstack/react-router"
import { useCallback } from "react"
import { plainText } from "#engine/candles"
import { venueOf } from "#venues"
import { ForTraders, type Account, askAccount, ModeChip, PairedOnly, WatchedOnly } from "../accounts/index.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { buttonClass } from "../ui/button.tsx"
import { NotHere } from "../ui/not-here.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { askBot, type Bot } from "./bot.ts"
import { BotButtons } from "./bot-buttons.tsx"
import { BotChart } from "./bot-chart.tsx"
import { BotPast } from "./bot-past.tsx"
import { BotStanding } from "./bot-standing.tsx"
import { BotStatusWords } from "./bot-status.tsx"
import { marketsOf } from "./bot-words.ts"
import { ParityCard } from "./parity-card.tsx"
import { PositionList } from "./position-list.tsx"
import { useParity } from "./use-parity.ts"

/** One bot: what it owns and how that is protected, what can be done about it, and what it did and why. */
export function BotPage({ botId }: { botId: string }) {
  return (
    <PairedOnly what={<p>Here is what one of your bots owns, does and did.</p>}>
      <Known botId={botId} />
    </PairedOnly>
  )
}

function Known({ botId }: { botId: string }) {
  const ask = useCallback(async () => {
    const bot = await askBot(botId)
    return { bot, account: await askAccount(bot.accountId) }
  }, [botId])
  const watched = useWatched(ask)
  if (watched.state === "failed" && watched.isUnknown) return <NoBot />
  if (watched.state !== "ready") return <Unread watched={watched} />
  const { bot, account } = watched.value
  return (
    <>
      <PageHeader
        title={plainText(bot.name, 80)}
        action={
          <p className="flex flex-wrap items-center gap-3">
            <ModeChip account={account} />
            <BotStatusWords status={bot.status} awaySinceMs={watched.awaySinceMs} />
          </p>
        }
      >
        {`${marketsOf(bot)}, ${bot.timeframe} candles, on the account ${plainText(account.name, 80)}.${standInWords(account)}`}
      </PageHeader>
      <WatchedOnly watched={watched}>
        {() => (
          <>
            {bot.differences > 0 && <CoinsMissing />}
            <BotStanding bot={bot} />
            <ForTraders>
              <BotButtons bot={bot} />
            </ForTraders>
            <PositionList bot={bot} />
            <BotChart bot={bot} venue={account.venue} />
            <LiveAndBacktest bot={bot} />
          </>
        )}
      </WatchedOnly>
    </>
  )
}

/** Where nothing is real, each screen of it says so. */
function standInWords({ venue, mode, isStandIn }: Account): string {
  if (isStandIn) return ` ${venueOf(venue).name} is played by a stand-in on this computer: nothing here is real.`
  if (mode === "paper" && venue !== "practice") return " On paper: real prices, no real orders."
  return venue === "practice" ? " The market is made up and so is the money: nothing here is real." : ""
}

/** One comparison serves the card and the curve. */
function LiveAndBacktest({ bot }: { bot: Bot }) {
  const { comparison, compare } = useParity(bot.id)
  return (
    <>
      <ParityCard bot={bot} comparison={comparison} onCompare={compare} />
      <BotPast bot={bot} comparison={comparison} onCompare={compare} />
    </>
  )
}

/** The exchange has less than the bot holds, and its owner has not said why. */
function CoinsMissing() {
  const toInbox = (
    <Link to="/bots/reconcile" className={buttonClass("quiet")}>
      Answer in the inbox
    </Link>
  )
  return (
    <Notice kind="warn" action={toInbox}>
      The exchange has less than this bot holds. Until you say what became of it, it buys nothing there, and protects
      and sells only what is there.
    </Notice>
  )
}

function Unread({ watched }: { watched: Parameters<typeof WatchedOnly>[0]["watched"] }) {
  return (
    <>
      <PageHeader title="A bot" />
      <WatchedOnly watched={watched}>{() => null}</WatchedOnly>
    </>
  )
}

function NoBot() {
  const toBots = (
    <Link to="/bots" className={buttonClass("primary")}>
      To your bots
    </Link>
  )
  return (
    <NotHere noun="bot" action={toBots}>
      It was removed, or the address is of another Candlewright. What it traded stays in its account's past.
    </NotHere>
  )
}
