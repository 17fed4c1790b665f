import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { askAccounts, ForTraders, PairedOnly, TradingTabs, WatchedOnly } from "../accounts/index.ts"
import { useMe } from "../relay-client/me.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { buttonClass } from "../ui/button.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { askBots } from "./bot.ts"
import { BotRow } from "./bot-row.tsx"
import { NoBots } from "./no-bots.tsx"

/** All bots: how each is, what it has earned, what it does next and why it did what it did. */
export function BotsScreen() {
  const me = useMe()
  return (
    <>
      <PageHeader
        title="Bots"
        action={
          me?.role !== "viewer" && (
            <Link to="/bots/deploy" className={buttonClass("quiet")}>
              <Plus aria-hidden className="size-4" />
              New bot
            </Link>
          )
        }
      >
        They run on this computer and go on when this tab is closed.
      </PageHeader>
      <TradingTabs />
      <PairedOnly
        what={
          <p>
            A bot is a strategy that decides at each closed candle and places its own orders, on made-up money first.
          </p>
        }
      >
        <BotList />
      </PairedOnly>
    </>
  )
}

async function askBotsWithAccounts() {
  const [bots, accounts] = await Promise.all([askBots(), askAccounts()])
  return { bots, accounts }
}

function BotList() {
  const watched = useWatched(askBotsWithAccounts)
  const awaySinceMs = watched.state === "ready" ? watched.awaySinceMs : undefined
  return (
    <WatchedOnly watched={watched}>
      {({ bots, accounts }) =>
        bots.length === 0 ? (
          <ForTraders>
            <NoBots />
          </ForTraders>
        ) : (
          <ul aria-label="Bots" className="border-b border-line">
            {bots.map((bot) => (
              <BotRow
                key={bot.id}
                bot={bot}
                account={accounts.find(({ id }) => id === bot.accountId)}
                awaySinceMs={awaySinceMs}
              />
            ))}
          </ul>
        )
      }
    </WatchedOnly>
  )
}
