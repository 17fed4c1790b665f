import { Link, useNavigate } from "@tanstack/react-router"
import { useCallback, useState } from "react"
import { plainText } from "#engine/candles"
import { venueOf } from "#venues"
import { useMe } from "../relay-client/me.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Button, buttonClass } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { NotHere } from "../ui/not-here.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { type Account, askAccount, removeAccount } from "./account.ts"
import { BalanceList } from "./balance-list.tsx"
import { CostList } from "./cost-list.tsx"
import { ForTraders } from "./for-traders.tsx"
import { KeyCard } from "./key-card.tsx"
import { ModeChip } from "./mode-chip.tsx"
import { PairedOnly } from "./paired-only.tsx"
import { RiskForm } from "./risk-form.tsx"
import { WatchedOnly } from "./watched-only.tsx"

/** One account: what it has, what its bots may risk of it, its key. */
export function AccountPage({ accountId }: { accountId: string }) {
  return (
    <PairedOnly what={<p>Here is what one of your accounts has, and what its bots may risk.</p>}>
      <Known accountId={accountId} />
    </PairedOnly>
  )
}

function Known({ accountId }: { accountId: string }) {
  const watched = useWatched(useCallback(() => askAccount(accountId), [accountId]))
  if (watched.state === "failed" && watched.isUnknown) return <NoAccount />
  return (
    <>
      {watched.state !== "ready" && <PageHeader title="An account" />}
      <WatchedOnly watched={watched}>{(account) => <Shown account={account} />}</WatchedOnly>
    </>
  )
}

function Shown({ account }: { account: Account }) {
  const { id, name, venue, isStandIn, warnings } = account
  const me = useMe()
  return (
    <>
      <PageHeader
        title={plainText(name, 80)}
        action={
          <div className="flex flex-wrap items-center gap-3">
            <ModeChip account={account} />
            {me?.role !== "viewer" && (
              <Link to="/bots/deploy" search={{ account: id }} className={buttonClass("primary")}>
                Run a bot on it
              </Link>
            )}
          </div>
        }
      >
        {isStandIn
          ? `${venueOf(venue).name}, played by a stand-in on this computer: nothing here is real.`
          : `At ${venueOf(venue).name}.`}
      </PageHeader>
      {warnings.map((warning) => (
        <Notice key={warning} kind="warn">
          {plainText(warning, 500)}
        </Notice>
      ))}
      <BalanceList accountId={id} />
      <ForTraders>
        <RiskForm account={account} />
      </ForTraders>
      <CostList accountId={id} />
      {me?.role !== "viewer" && (
        <>
          <KeyCard account={account} />
          <Removal account={account} />
        </>
      )}
    </>
  )
}

function Removal({ account: { id, name, key } }: { account: Account }) {
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const { problem, isDoing, doing } = useDoing()
  const remove = async () => {
    await removeAccount(id)
    await navigate({ to: "/accounts" })
  }
  return (
    <section className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <Button look="danger" onClick={() => setAsking(true)}>
        Remove this account
      </Button>
      {isAsking && (
        <Dialog title={`Remove ${plainText(name, 80)}?`} open onOpenChange={setAsking}>
          <div className="flex flex-col gap-4">
            <p>
              {key ? "Its key is erased from this computer; delete it at the exchange too. " : ""}
              Its settings go with it and cannot be brought back. Money and coins stay where they are.
            </p>
            {problem !== undefined && <Notice kind="error">{problem}</Notice>}
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button look="danger" disabled={isDoing} onClick={doing(remove)}>
                Remove it
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function NoAccount() {
  const toAccounts = (
    <Link to="/accounts" className={buttonClass("primary")}>
      To your accounts
    </Link>
  )
  return (
    <NotHere noun="account" action={toAccounts}>
      It was removed, or the address is of another Candlewright.
    </NotHere>
  )
}
