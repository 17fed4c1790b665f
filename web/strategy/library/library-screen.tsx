import { Link } from "@tanstack/react-router"
import { Download } from "lucide-react"
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { purgeHiddenStrategies } from "../../db/deleted-strategy.ts"
import { type KeptStrategy, listStrategies } from "../../db/kept-strategy.ts"
import { hasPairingMark, onPairingMark } from "../../db/pairing-mark.ts"
import { listRuns } from "../../db/saved-run.ts"
import { listVersions, type VersionOfFile } from "../../db/strategy-version.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { useKept } from "../../db/use-kept.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { formatNumber } from "../../ui/number-format.ts"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { saveFile } from "../../ui/save-file.ts"
import { TextField } from "../../ui/text-field.tsx"
import { ImportButtons, ImportOutcomes } from "./import-panel.tsx"
import { LibraryTabs } from "./library-tabs.tsx"
import { MOST_RUNS_IN_A_FILE, runsForFile } from "./run-of-library.ts"
import { libraryFileText } from "./library-file.ts"
import { foundStrategies, tagsOf } from "./strategy-search.ts"
import { StrategyRow } from "./strategy-row.tsx"

const AssistantDrafts = lazy(async () => ({ default: (await import("./assistant-drafts.tsx")).AssistantDrafts }))

/** Longer than the chance to undo, so that a second window does not purge what the first may still bring back. */
const UNDO_PASSED_MS = 30_000

/** The strategies a person owns: find one, open it, copy it, share it, throw it away. */
export function LibraryScreen() {
  const strategies = useKept(listStrategies)
  const isPaired = useSyncExternalStore(onPairingMark, hasPairingMark)
  useEffect(() => {
    purgeHiddenStrategies(Date.now() - UNDO_PASSED_MS).catch(() => {}) // nothing is kept here, so nothing is left over
  }, [])
  return (
    <>
      <PageHeader title="Library" action={<ImportButtons />}>
        Your strategies are kept in this browser. They are never sent anywhere.
      </PageHeader>
      <LibraryTabs />
      <ImportOutcomes />
      {isPaired && (
        <Suspense>
          <AssistantDrafts />
        </Suspense>
      )}
      {strategies.state === "loading" && (
        <div aria-busy>
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {strategies.state === "unavailable" && <Notice kind="error">{strategies.because}</Notice>}
      {strategies.state === "ready" &&
        (strategies.value.length === 0 ? <NoStrategies /> : <StrategyList strategies={strategies.value} />)}
    </>
  )
}

/** More rows than this are shown on asking: nobody reads them, and a search finds them. */
const FIRST_ROWS = 100

function StrategyList({ strategies }: { strategies: KeptStrategy[] }) {
  const [words, setWords] = useState("")
  const [tag, setTag] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isAll, setAll] = useState(false)
  const tags = useMemo(() => tagsOf(strategies), [strategies])
  const chosenTag = tag !== undefined && tags.includes(tag) ? tag : undefined
  const found = useMemo(() => foundStrategies(strategies, { words, tag: chosenTag }), [strategies, words, chosenTag])
  return (
    <section aria-label="Your strategies" className="flex flex-col gap-4">
      <div className="max-w-100">
        <TextField
          label="Search"
          type="search"
          value={words}
          placeholder="Name, tag, market, formula"
          onChange={setWords}
        />
      </div>
      {tags.length > 0 && <TagFilter tags={tags} chosen={chosenTag} onChoose={setTag} />}
      <p role="status" className="text-sm text-ink-soft">
        {countWords(found.length, strategies.length)}
      </p>
      <ul className="border-b border-line empty:hidden">
        {found.slice(0, isAll ? found.length : FIRST_ROWS).map((strategy) => (
          <StrategyRow key={strategy.id} strategy={strategy} />
        ))}
      </ul>
      <Button
        className="self-start"
        icon={<Download aria-hidden className="size-4" />}
        onClick={() =>
          saveAll(strategies).then(
            (leftOut) => setProblem(leftOut === 0 ? undefined : leftOutWords(leftOut)),
            (error) => setProblem(unavailableBecause(error)),
          )
        }
      >
        Save all as one file
      </Button>
      {problem && <Notice kind="error">{problem}</Notice>}
      {!isAll && found.length > FIRST_ROWS && (
        <button type="button" className={buttonClass("quiet", "self-start")} onClick={() => setAll(true)}>
          Show all {formatNumber(found.length)}
        </button>
      )}
    </section>
  )
}

/** With versions, runs and notes; answers with how many runs were too many for one file. */
async function saveAll(strategies: readonly KeptStrategy[]): Promise<number> {
  const withPast = strategies.map(async (strategy) => ({ ...strategy, past: await pastForFile(strategy.id) }))
  const all = await listRuns()
  const runs = runsForFile(all)
  saveFile("candlewright-library.json", libraryFileText(await Promise.all(withPast), runs), "application/json")
  return all.length - runs.length
}

function leftOutWords(leftOut: number): string {
  return `The file holds ${formatNumber(MOST_RUNS_IN_A_FILE)} runs, those with a note first; ${formatNumber(leftOut)} older ones are not in it. Every one is still here.`
}

async function pastForFile(id: string): Promise<VersionOfFile[]> {
  const versions = await listVersions(id)
  return versions.reverse().map(({ strategyId: _of, ...version }) => version)
}

function countWords(found: number, all: number): string {
  const strategies = all === 1 ? "strategy" : "strategies"
  return found === all
    ? `${formatNumber(all)} ${strategies}`
    : `${formatNumber(found)} of ${formatNumber(all)} ${strategies}`
}

type TagFilterProps = { tags: string[]; chosen: string | undefined; onChoose: (tag: string | undefined) => void }

function TagFilter({ tags, chosen, onChoose }: TagFilterProps) {
  return (
    <div role="group" aria-label="Tags" className="flex flex-wrap gap-2">
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-pressed={tag === chosen}
          onClick={() => onChoose(tag === chosen ? undefined : tag)}
          className={classNames(
            "min-h-8 rounded-full border px-3 text-sm md:min-h-6",
            tag === chosen
              ? "border-accent text-ink-strong"
              : "border-control-line text-ink-soft hover:bg-surface-2 hover:text-ink-strong",
          )}
        >
          <bdi>{tag}</bdi>
        </button>
      ))}
    </div>
  )
}

function NoStrategies() {
  return (
    <EmptyState
      title="Nothing kept yet"
      action={
        <div className="flex flex-wrap gap-2">
          <Link to="/chat" search={{}} className={buttonClass("primary")}>
            Describe an idea
          </Link>
          <Link to="/backtest" className={buttonClass("quiet")}>
            Start from a template
          </Link>
        </div>
      }
    >
      Say what a bot should do, or open a template, move its sliders, press “Keep”: it is yours from then on, with every
      version you keep of it. You can also drop or paste a strategy file here, or a script from TradingView or
      freqtrade.
    </EmptyState>
  )
}
