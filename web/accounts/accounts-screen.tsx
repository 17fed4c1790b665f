import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useState } from "react"
import { plainText } from "#engine/candles"
import { venueOf } from "#venues"
import { useMe } from "../relay-client/me.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Button } from "../ui/button.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { formatPercent } from "../ui/number-format.ts"
import { type Account, askAccounts } from "./account.ts"
import { AccountWizard } from "./account-wizard.tsx"
import { ForTraders } from "./for-traders.tsx"
import { ModeChip } from "./mode-chip.tsx"
import { NoAccounts } from "./no-accounts.tsx"
import { PairedOnly } from "./paired-only.tsx"
import { TradingTabs } from "./trading-tabs.tsx"
import { WatchedOnly } from "./watched-only.tsx"

/** Whose money bots trade, what they may risk of it, and a way to add more. */
export function AccountsScreen() {
  const [isAdding, setAdding] = useState(false)
  const me = useMe()
  return (
    <>
      <PageHeader
        title="Accounts"
        action={
          me?.role !== "viewer" && (
            <Button icon={<Plus aria-hidden className="size-4" />} onClick={() => setAdding(true)}>
              Add an account
            </Button>
          )
        }
      >
        Whose money your bots trade. Keys are kept sealed on this computer, never in the browser.
      </PageHeader>
      <TradingTabs />
      <PairedOnly
        what={<p>An account is where bots trade: with made-up money first, at an exchange of yours later.</p>}
      >
        {isAdding && <AccountWizard onClose={() => setAdding(false)} />}
        <AccountList />
      </PairedOnly>
    </>
  )
}

function AccountList() {
  const watched = useWatched(askAccounts)
  return (
    <WatchedOnly watched={watched}>
      {(accounts) =>
        accounts.length === 0 ? (
          <ForTraders>
            <NoAccounts />
          </ForTraders>
        ) : (
          <ul aria-label="Accounts" className="border-b border-line">
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} />
            ))}
          </ul>
        )
      }
    </WatchedOnly>
  )
}

function AccountRow({ account }: { account: Account }) {
  const { id, name, venue, key, risk, isStandIn, warnings } = account
  return (
    <li className="flex flex-col gap-1 border-t border-line py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to="/accounts/$accountId"
          params={{ accountId: id }}
          className="py-0.5 text-base font-medium wrap-anywhere text-ink-strong underline-offset-4 hover:underline"
        >
          <bdi>{plainText(name, 80)}</bdi>
        </Link>
        <ModeChip account={account} />
        {warnings.length > 0 && <span className="text-sm text-warn">Something to know</span>}
      </p>
      <p className="text-sm text-ink-soft">
        {[
          isStandIn ? `${venueOf(venue).name}, played by a stand-in on this computer` : venueOf(venue).name,
          ...(key ? [`key ending in ${plainText(key.last4, 8)}`] : []),
          `stops for the day after a loss of ${formatPercent(risk.dailyLossPercent)}`,
        ].join(" · ")}
      </p>
    </li>
  )
}
