import { Link } from "@tanstack/react-router"
import { useCallback } from "react"
import { plainText } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import { type Account, askAccounts, PairedOnly, Waiting, WatchedOnly } from "../accounts/index.ts"
import { listStrategies } from "../db/kept-strategy.ts"
import { useKept } from "../db/use-kept.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { hasRules, templates } from "../run/template-of.ts"
import { DangerFlags } from "../strategy/index.ts"
import { buttonClass } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { DeployForm } from "./deploy-form.tsx"
import { type DeploySearch, strategyToRun } from "./strategy-to-run.ts"

/** Puts a strategy to work: on which account, which markets, with how much. */
export function DeployScreen({ search }: { search: DeploySearch }) {
  const found = useKept(() => strategyToRun(search), [search.strategy, search.params, search.timeframe])
  const strategy = found.state === "ready" ? found.value : undefined
  return (
    <>
      <PageHeader title={strategy ? `Run ${plainText(strategy.name, 80)}` : "A new bot"}>
        {strategy
          ? "Decide where it runs and with how much. Nothing starts before the last button."
          : "Choose the strategy that it runs. You decide the rest on the next screen."}
      </PageHeader>
      <PairedOnly what={<p>A bot runs one of your strategies, on paper first.</p>}>
        {found.state === "loading" && <Waiting />}
        {found.state === "unavailable" && <Notice kind="error">{found.because}</Notice>}
        {found.state === "ready" && !strategy && <ChooseStrategy isMissing={search.strategy !== undefined} />}
        {strategy && !hasRules(strategy) && <NoRules search={search} />}
        {strategy && hasRules(strategy) && <WithAccounts strategy={strategy} wantedId={search.account} />}
      </PairedOnly>
    </>
  )
}

type WithAccountsProps = { strategy: WrittenStrategy; wantedId: string | undefined }

function WithAccounts({ strategy, wantedId }: WithAccountsProps) {
  const watched = useWatched<Account[]>(useCallback(() => askAccounts(), []))
  return (
    <WatchedOnly watched={watched}>
      {(accounts) => <DeployForm strategy={strategy} accounts={accounts} wantedId={wantedId} />}
    </WatchedOnly>
  )
}

function ChooseStrategy({ isMissing }: { isMissing: boolean }) {
  const kept = useKept(listStrategies)
  const own = kept.state === "ready" ? kept.value.map(({ id, draft }) => ({ id, document: draft })) : []
  return (
    <>
      {isMissing && <Notice kind="warn">The strategy of this link is not in this browser. Choose another.</Notice>}
      {own.length > 0 && <Choices title="From your library" strategies={own} />}
      <Choices title="Templates" strategies={templates} />
    </>
  )
}

type Choice = { id: string; document: WrittenStrategy }

function Choices({ title, strategies }: { title: string; strategies: readonly Choice[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{title}</h2>
      <ul className="border-b border-line">
        {strategies.map(({ id, document }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3"
          >
            <div className="min-w-0 grow basis-60">
              <p className="font-medium wrap-anywhere text-ink-strong">
                <bdi>{plainText(document.name, 100)}</bdi>
              </p>
              <p className="max-w-[72ch] text-sm text-ink-soft">{plainText(document.description ?? "", 300)}</p>
              <DangerFlags document={document} isShort />
            </div>
            <Link
              to="/bots/deploy"
              search={{ strategy: id }}
              aria-label={`Run it: ${plainText(document.name, 100)}`}
              className={buttonClass("quiet")}
            >
              Run it
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NoRules({ search }: { search: DeploySearch }) {
  return (
    <Notice
      kind="warn"
      action={
        <Link to="/backtest" search={{ strategy: search.strategy }} className={buttonClass("quiet")}>
          Write its rules
        </Link>
      }
    >
      This strategy has no rules yet, so a bot would never trade.
    </Notice>
  )
}
