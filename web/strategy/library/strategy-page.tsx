import { Link } from "@tanstack/react-router"
import { Play } from "lucide-react"
import { lazy, Suspense } from "react"
import { plainText } from "#engine/candles"
import { isAnotherStrategy, type WrittenStrategy } from "#engine/strategy"
import { AskAbout } from "../../chat/index.ts"
import { findStrategy, type KeptStrategy } from "../../db/kept-strategy.ts"
import { listVersions, type StrategyVersion } from "../../db/strategy-version.ts"
import { useKept } from "../../db/use-kept.ts"
import { RunsOfStrategy } from "../../result/index.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { NotHere } from "../../ui/not-here.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { DangerFlags } from "../danger-flags.tsx"
import { FindGoodValues } from "../find-good-values.tsx"
import { RunOnPaper } from "../run-on-paper.tsx"
import { searchOf } from "./strategy-address.ts"
import { VersionList } from "./version-list.tsx"

const MovedScript = lazy(async () => ({ default: (await import("./moved-script.tsx")).MovedScript }))

/** The past of one strategy: its versions, what changed between them, and the ways back. */
export function StrategyPage({ strategyId }: { strategyId: string }) {
  const answer = useKept(async () => ({
    kept: await findStrategy(strategyId),
    versions: await listVersions(strategyId),
  }))
  if (answer.state === "unavailable") return <Notice kind="error">{answer.because}</Notice>
  if (answer.state === "loading")
    return (
      <div aria-busy>
        <h1 className="sr-only">Your strategy</h1>
        <Skeleton className="h-60 w-full" />
      </div>
    )
  const { kept, versions } = answer.value
  return kept ? (
    <>
      <StrategyHead versions={versions} strategy={kept} />
      <DangerFlags document={kept.draft} />
      {kept.script !== undefined && (
        <Suspense>
          <MovedScript script={kept.script} />
        </Suspense>
      )}
      <VersionList strategy={kept} versions={versions} />
      <RunsOfStrategy strategyId={kept.id} />
    </>
  ) : (
    <NoStrategy />
  )
}

function StrategyHead({ strategy, versions }: { strategy: KeptStrategy; versions: StrategyVersion[] }) {
  const { draft, origin } = strategy
  return (
    <PageHeader
      title={plainText(draft.name, 100)}
      action={
        <div className="flex flex-wrap gap-3">
          <AskAbout
            words="Change it in the chat"
            subject={{ kind: "strategy", words: plainText(draft.name, 60), document: draft, strategyId: strategy.id }}
          />
          <FindGoodValues search={searchOf(strategy)} />
          <RunOnPaper search={{ strategy: strategy.id }} />
          <Link to="/backtest" search={searchOf(strategy)} className={buttonClass("primary")}>
            <Play aria-hidden className="size-4" />
            Open it
          </Link>
        </div>
      }
    >
      {`${descriptionWords(draft, versions)} ${origin.charAt(0).toUpperCase()}${origin.slice(1)}.`.trim()}
    </PageHeader>
  )
}

/** The description; where the strategy became another since it was written, with the version it is of. */
function descriptionWords(draft: WrittenStrategy, versions: StrategyVersion[]): string {
  const { description = "" } = draft
  const written = versions.findLast(({ document }) => (document.description ?? "") === description)
  const isOld = description !== "" && written !== undefined && isAnotherStrategy(written.document, draft)
  return `${isOld ? `Written for version ${written.number}: ` : ""}${plainText(description, 2000)}`
}

function NoStrategy() {
  const toLibrary = (
    <Link to="/library" className={buttonClass("primary")}>
      To the library
    </Link>
  )
  return (
    <NotHere noun="strategy" action={toLibrary}>
      It was deleted, or the address is of another browser. To take a strategy along, share its link or export its file.
    </NotHere>
  )
}
