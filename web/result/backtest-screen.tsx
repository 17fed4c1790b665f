import { useRouterState } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import { ruleAt, withRule } from "#engine/strategy"
import { Play, SlidersHorizontal } from "lucide-react"
import { lazy, Suspense, useRef, useState } from "react"
import type { StrategyProblem } from "#engine/strategy"
import { sampleMarket } from "../db/sample-market.ts"
import { MadeUpChip } from "../figure/index.ts"
import { type MarketChoice, useMarketChoices } from "../market/index.ts"
import { usePreferences } from "../settings/index.ts"
import {
  type GoodRules,
  KeepBar,
  KeepButton,
  type OpenedStrategy,
  RunOnPaper,
  StrategyPanel,
  type StrategyView,
  templateOf,
  templates,
  useGoodRules,
  useOpenedStrategy,
  viewOfPlace,
} from "../strategy/index.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Chip } from "../ui/chip.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { OfBefore } from "../ui/of-before.tsx"
import { useShortcut } from "../ui/use-shortcut.ts"
import { useSame } from "../ui/use-same.ts"
import { useStable } from "../ui/use-stable.ts"
import type { RuleChange } from "../why/index.ts"
import { CodeStatus } from "./code-status.tsx"
import { LinkProblems } from "./link-problems.tsx"
import { MissingStrategy } from "./missing-strategy.tsx"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { marketsWords } from "../run/markets-words.ts"
import { RecentRuns } from "./recent-runs.tsx"
import { ResultHead, ResultHeadSkeleton } from "./result-head.tsx"
import { changeToStrategy, isRemembered, rememberSettings } from "../run/remembered-settings.ts"
import { RunResultSkeleton } from "./run-result-skeleton.tsx"
import { runRefusals } from "../run/run-refusal.ts"
import { RunStatus } from "./run-status.tsx"
import { deploySearch, type RunSetup, searchFromSetup, type SetupSearch } from "../run/run-setup.ts"
import { searchText } from "../search-text.ts"
import { jobOf, rulesPlaceOf } from "../run/setup-job.ts"
import { SetupPanel } from "./setup-panel.tsx"
import { settingsOf } from "../run/settings-of.ts"
import { codeBeginning, emptyTemplate, hasRules, withParamValues } from "../run/template-of.ts"
import { Tour } from "./tour.tsx"
import { UnfinishedNotice } from "./unfinished-notice.tsx"
import { UnkeptBar } from "./unkept-bar.tsx"
import { useEditing } from "./use-editing.ts"
import { useSeeking } from "./use-seeking.ts"
import { useFacts } from "../run/use-facts.ts"
import { usualCash } from "../run/usual-cash.ts"
import { useRun } from "../run/use-run.ts"
import { useRunMemory } from "./use-run-memory.ts"
import { useSetup } from "../run/use-setup.ts"

// The sentence comes first: chart and tables are the larger half of the screen's code.
const RunResult = lazy(async () => ({ default: (await import("./run-result.tsx")).RunResult }))

type BacktestScreenProps = {
  search: SetupSearch
  /** `replace` for a moving slider: the Back button should skip it. */
  onChange: (search: SetupSearch, how: { replace: boolean }) => void
}

/** Choose a market and a strategy, see what would have happened. The address holds every choice. */
export function BacktestScreen({ search, onChange }: BacktestScreenProps) {
  const [setup, changeSetup] = useSetup(search, onChange)
  const markets = useMarketChoices()
  const quoteOf = (marketId: string) => markets.list.find(({ id }) => id === marketId)?.quote
  const change = useStable((part: Partial<RunSetup>) => {
    const next = { ...setup, ...part }
    // What is left behind is remembered too: a link may have set it.
    if (next.strategy !== setup.strategy) rememberSettings(setup, quoteOf(setup.market))
    if (isRemembered(part) || next.strategy !== setup.strategy) rememberSettings(next, quoteOf(next.market))
    changeSetup(part)
  })
  const show = useStable((shown: string) => change({ shown }))
  const { timeZone } = usePreferences()
  const market = markets.list.find(({ id }) => id === setup.market)
  const template = templateOf(setup.strategy)?.document
  // Rules and code of one's own begin with a template too, and are nobody else's.
  const isStarter = templates.some(({ id }) => id === setup.strategy)
  const opening = useOpenedStrategy(template ? undefined : setup.strategy)
  const opened = opening.state === "open" ? opening.strategy : undefined
  const editing = useEditing(setup, template, opened, change)
  const { strategy, params } = editing
  const changeRule = useStable(({ side, from, to, words }: RuleChange) => {
    const { document } = editing.draft
    const { join, formulas } = ruleAt(document, `${side}.enter`)
    const looser = { join, formulas: formulas.map((formula) => (formula === from ? to : formula)) }
    editing.draft.change(withRule(document, `${side}.enter`, looser), words)
  })
  const isEmpty = strategy !== undefined && !hasRules(strategy)
  const beside = setup.also.map((id) => markets.list.find((each) => each.id === id))
  const isComplete = market !== undefined && beside.every((each) => each !== undefined)
  const testedOn = useSame(
    market && {
      markets: [market, ...beside].flatMap((each) => each?.name ?? []),
      currency: market.quote,
      cash: setup.cash ?? usualCash(market.quote),
    },
  )
  // While something is half written the last good rules go on.
  const place = useSame(rulesPlaceOf(setup, strategy ?? emptyTemplate.document, [market, ...beside]))
  const good = useGoodRules({
    key: setup.strategy,
    strategy,
    before: opened ? opened.version : template,
    place,
  })
  const { strategy: tested } = good
  const missing = good.unfinished.at(0)
  const canRun = isComplete && tested !== undefined && !isEmpty
  const run = useRun(canRun ? jobOf({ ...setup, params }, tested, [market, ...beside], timeZone) : undefined)
  useShortcut("mod+Enter", run.run)
  useRunMemory(setup, run.state === "done" && !missing ? run.report : undefined, opened !== undefined)
  // A link may lead to the rules, as the chat's does.
  const isRulesAsked = useRouterState({ select: ({ location }) => location.hash === "rules" })
  // On a phone the result comes first, and what it rests on behind a button.
  const [changing, setChanging] = useState(isRulesAsked)
  const [view, setView] = useState<StrategyView>(
    isEmpty || isRulesAsked ? "rules" : setup.strategy === codeBeginning.id ? "code" : undefined,
  )
  const answer = useRef<HTMLDivElement>(null)
  const { numbers, sought, seek } = useSeeking(strategy)
  const finish = () => {
    if (!strategy || !missing) return
    const at = viewOfPlace(strategy, missing.path)
    if (at !== "sliders") setView(at)
    setChanging(true)
    seek(missing.path)
  }
  const report = isEmpty || !tested ? undefined : run.report
  // After the result itself: the same run is counted once more.
  const facts = useFacts(report?.job)
  const reach = useSame(report?.markets.find(({ id }) => id === setup.market))
  const subject = useSame(
    report && {
      kind: "run" as const,
      words: `${plainText(report.strategyName, 60)} on ${marketsWords(report.markets.map(({ name }) => name))}`,
      address: searchText(searchFromSetup({ ...setup, params: {} })),
      document: { ...withParamValues(report.job.strategy, report.job.params), timeframe: report.timeframe },
      ...(opened ? { strategyId: opened.id } : {}),
    },
  )
  const searched = useSame(searchFromSetup({ ...setup, params }))
  const refused = run.state === "refused" ? run.problems : nothingRefused
  const again = useStable(run.run)
  const isWaiting = run.state === "running" && canRun
  // Code is compiled first, which takes seconds: what is on screen meanwhile is another strategy's, and looks it.
  const isOthers =
    isWaiting && strategy?.code !== undefined && report !== undefined && report.strategyName !== strategy.name
  return (
    <>
      <PageHeader
        title={`${titleOf(strategy?.name, opening.state)} on ${market ? marketsWords([market, ...beside].map((each) => each?.name ?? "another")) : "a market"}`}
        action={
          <div className="flex flex-wrap items-center gap-3">
            {market && <PricesChip markets={[market, ...beside.flatMap((each) => each ?? [])]} />}
            {template && strategy && (
              <KeepButton
                document={withParamValues({ ...strategy, timeframe: setup.timeframe ?? strategy.timeframe }, params)}
                origin={`from the template ${template.name}`}
                settings={settingsOf(setup)}
                onKept={(id) => {
                  editing.forget()
                  change({ strategy: id, params: {}, timeframe: undefined })
                }}
              />
            )}
            {canRun && !missing && (opened !== undefined || !editing.draft.isTouched) && (
              <RunOnPaper search={deploySearch(setup, params)} />
            )}
            <Button
              look="primary"
              icon={<Play aria-hidden className="size-4" />}
              onClick={run.run}
              disabled={!isComplete || !strategy}
              title="Ctrl Enter"
            >
              Test it
            </Button>
          </div>
        }
      />
      {opened && <KeepBar key={opened.id} strategy={opened} />}
      {editing.unkept && isStarter && <UnkeptBar changes={editing.unkept} />}
      <Tour onShowNumbers={() => setChanging(true)} />
      <div
        className={classNames(
          "grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-rows-[auto_1fr]",
          columnsOf[view ?? "closed"],
        )}
      >
        {/* On a phone a line of its own each: only the answer stays in sight above what is changed. */}
        <div className="min-w-0 max-lg:contents lg:col-start-2 lg:flex lg:flex-col lg:gap-4">
          <LinkProblems search={search} onMend={() => change({})} />
          {opening.state === "unavailable" && <Notice kind="error">{opening.because}</Notice>}
          {!template && opening.state === "missing" && (
            <MissingStrategy wanted={setup.strategy} onChoose={(id) => change(changeToStrategy(id, market?.quote))} />
          )}
          {markets.ready && !market && (
            <Notice
              kind="warn"
              action={
                <Button onClick={() => editing.onSettings({ market: sampleMarket.id })}>Use the sample market</Button>
              }
            >
              The market of this link is not in this browser: it was deleted, or was never here. Runs made on it are
              kept in the library, with their figures and curves. To see its candles or test on it again, download or
              import it under Data, or use another.
            </Notice>
          )}
          {markets.ready && market && !isComplete && (
            <Notice
              kind="warn"
              action={
                <Button onClick={() => editing.onSettings({ also: beside.flatMap((each) => each?.id ?? []) })}>
                  Test without
                </Button>
              }
            >
              Not every market of this link is in this browser. Import the candles that are missing under Data, or test
              without them.
            </Notice>
          )}
          {isEmpty && <NoRules />}
          {missing && strategy && !isEmpty && (
            // Beside the opened rules it would be said twice.
            <div className={classNames(view === "rules" && (changing ? "hidden" : "lg:hidden"))}>
              <UnfinishedNotice
                strategy={strategy}
                problem={missing}
                meanwhile={report && meanwhileWords(good, opened)}
                onOpen={finish}
                onTake={(way) => {
                  editing.draft.change(way.document, way.label)
                  answer.current?.focus()
                }}
              />
            </div>
          )}
          <div
            ref={answer}
            tabIndex={-1}
            aria-busy={isWaiting}
            className={classNames(
              "flex min-w-0 flex-col gap-4 outline-none empty:hidden",
              // The sliders' result stays in sight above them, and leaves them the screen.
              changing &&
                "max-lg:sticky max-lg:top-0 max-lg:z-20 max-lg:max-h-[20svh] max-lg:overflow-y-auto max-lg:border-b max-lg:border-line max-lg:bg-surface-0 max-lg:py-2",
            )}
          >
            {(!markets.ready || isComplete) && (
              <CodeStatus
                run={run}
                strategy={tested}
                isCompact={changing}
                otherwise={
                  <RunStatus
                    run={run}
                    refusals={run.state === "refused" && tested ? runRefusals(run.problems, tested, params) : []}
                    onChange={editing.onSettings}
                  />
                }
              />
            )}
            {isOthers && (
              <p
                role="status"
                className={classNames(changing && "max-lg:sr-only")}
              >{`Getting ${plainText(strategy.name)} ready. Below is still the result before.`}</p>
            )}
            <OfBefore isStale={isOthers} tour="answer" className="empty:hidden">
              {report ? (
                <ResultHead report={report} run={run} isCompact={changing} />
              ) : (
                isWaiting && <ResultHeadSkeleton isCompact={changing} />
              )}
            </OfBefore>
          </div>
        </div>
        {/* Painted apart, as the chart is; its menus lie over the result. */}
        <div className="z-1 flex flex-col gap-6 print:hidden lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Button
            className="max-w-full self-start whitespace-normal! lg:hidden"
            icon={<SlidersHorizontal aria-hidden className="size-4" />}
            aria-expanded={changing}
            onClick={() => setChanging(!changing)}
          >
            {changing ? "Hide what is tested" : "Change what is tested"}
          </Button>
          <div
            ref={numbers}
            tabIndex={-1}
            data-tour="numbers"
            className={classNames("flex scroll-mt-6 flex-col gap-8 outline-none", !changing && "max-lg:hidden")}
          >
            <SetupPanel
              setup={setup}
              opened={opened}
              strategy={strategy}
              params={params}
              facts={facts}
              markets={markets.list}
              reach={reach}
              onChange={editing.onSettings}
              onParams={editing.onParams}
              rules={
                strategy && (
                  <StrategyPanel
                    key={setup.strategy}
                    draft={editing.draft}
                    place={place}
                    refused={refused}
                    hasResult={report !== undefined}
                    testedOn={testedOn}
                    view={view}
                    onView={setView}
                    sought={sought}
                    onSeek={seek}
                    onRun={again}
                  />
                )
              }
            />
            <RecentRuns />
          </div>
        </div>
        <OfBefore isStale={isOthers} tour="chart" className="min-w-0 scroll-mt-6 lg:col-start-2">
          {report ? (
            <Suspense fallback={<RunResultSkeleton />}>
              <RunResult
                report={report}
                subject={subject}
                search={searched}
                onParams={editing.onParams}
                onRule={changeRule}
                onShow={show}
              />
            </Suspense>
          ) : (
            isWaiting && <RunResultSkeleton />
          )}
        </OfBefore>
      </div>
    </>
  )
}

const nothingRefused: StrategyProblem[] = []

/** Rules need room beside the result, text as much as there is. */
const columnsOf = {
  closed: "lg:grid-cols-[17rem_minmax(0,1fr)]",
  rules: "lg:grid-cols-[24rem_minmax(0,1fr)]",
  code: "lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] 2xl:grid-cols-2",
  json: "lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] 2xl:grid-cols-2",
}

function NoRules() {
  return (
    <EmptyState title="No rules yet">
      Say when to buy, and the result appears here at once: add a condition under “When to buy”. Nothing is sent
      anywhere, and every step can be taken back.
    </EmptyState>
  )
}

/** Whose result it is while something is half written. */
function meanwhileWords({ isOfBefore }: GoodRules, opened: OpenedStrategy | undefined): string {
  if (!isOfBefore) return "the last good rules"
  return opened ? `version ${opened.kept.version}` : "the template"
}

function PricesChip({ markets }: { markets: readonly MarketChoice[] }) {
  const madeUp = madeUpOfMarkets(markets)
  return madeUp ? <MadeUpChip of={madeUp} /> : <Chip look="grey">YOUR CANDLES</Chip>
}

function titleOf(name: string | undefined, opening: "loading" | "missing" | "unavailable" | "open"): string {
  if (name !== undefined) return plainText(name)
  return opening === "loading" ? "Your strategy" : "An unknown strategy"
}
