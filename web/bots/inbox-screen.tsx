import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { PairedOnly, TradingTabs, WatchedOnly } from "../accounts/index.ts"
import { askDifferences } from "../relay-client/differences.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { buttonClass } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { askBots } from "./bot.ts"
import { DifferenceItem } from "./difference-item.tsx"

/** Coins that bots hold and their exchanges do not have: what became of them only their owner can say. */
export function InboxScreen() {
  return (
    <>
      <PageHeader title="Reconcile inbox">
        Where the exchange has less than a bot holds. Only you can say what became of it.
      </PageHeader>
      <TradingTabs />
      <PairedOnly what={<p>When you sell a bot's coins by hand, it asks you here what it should make of that.</p>}>
        <Differences />
      </PairedOnly>
    </>
  )
}

async function askAll() {
  const [differences, bots] = await Promise.all([askDifferences(), askBots()])
  return { differences, bots }
}

function Differences() {
  const watched = useWatched(askAll)
  const [answer, setAnswer] = useState<string>()
  return (
    <WatchedOnly watched={watched}>
      {({ differences, bots }) => (
        <div className="flex flex-col gap-4">
          {answer !== undefined && <Notice kind="info">{answer}</Notice>}
          {differences.length === 0 ? (
            <AllThere />
          ) : (
            <ul aria-label="What is missing" className="border-b border-line">
              {differences.map((difference) => (
                <DifferenceItem
                  key={difference.id}
                  difference={difference}
                  bot={bots.find(({ id }) => id === difference.botId)}
                  onAnswer={setAnswer}
                />
              ))}
            </ul>
          )}
        </div>
      )}
    </WatchedOnly>
  )
}

function AllThere() {
  const toBots = (
    <Link to="/bots" className={buttonClass("quiet")}>
      To your bots
    </Link>
  )
  return (
    <EmptyState title="Everything a bot holds is there" action={toBots}>
      <div className="flex flex-col gap-2">
        <p>
          Bots compare what they hold with what the exchange says, again and again. Coins that you buy beside them are
          yours and never a question.
        </p>
        <p>
          If you sell or move a bot's coins at the exchange yourself, it notices within half a minute, protects what is
          left, buys nothing there, and asks you here: were they sold, will you put them back, or should it buy them
          again?
        </p>
      </div>
    </EmptyState>
  )
}
