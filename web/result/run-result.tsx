import { timeframesMs } from "#engine/candles"
import type { Trade } from "#engine/result"
import { CircleHelp, History } from "lucide-react"
import { memo, startTransition, Suspense, useEffect, useRef, useState } from "react"
import { usePreferences } from "../settings/index.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { FindGoodValues } from "../strategy/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { useScreenCommands } from "../ui/screen-commands.ts"
import { useShortcut } from "../ui/use-shortcut.ts"
import { NeverTraded, ReplayScreen, type RuleChange, WhyPanel } from "../why/index.ts"
import { Select } from "../ui/select.tsx"
import { Tabs } from "../ui/tabs.tsx"
import { useRested } from "../ui/use-rested.ts"
import { useStable } from "../ui/use-stable.ts"
import { AskAboutRun, type RunSubject } from "./ask-about-run.tsx"
import { AccountCheck } from "./account-check.tsx"
import { Basics } from "./basics.tsx"
import { CrashButton } from "./crash-button.tsx"
import { Dips } from "./dips.tsx"
import { ExportButtons, useExport } from "./export-buttons.tsx"
import { Fingerprints } from "./fingerprints.tsx"
import { MetricList } from "./metric-list.tsx"
import type { RunReport } from "../run/run-report.ts"
import type { SetupSearch } from "../run/run-setup.ts"
import { Plan } from "./plan.tsx"
import { RunPicture } from "./run-picture.tsx"
import { TradeListSkeleton } from "./run-result-skeleton.tsx"
import { TradeGroups } from "./trade-groups.tsx"
import { TradePictures } from "./trade-pictures.tsx"
import { TradeTable } from "./trade-table.tsx"
import { useAskedCandle } from "./use-asked-candle.ts"

type RunResultProps = {
  report: RunReport
  /** What a conversation about it begins at. */
  subject: RunSubject | undefined
  /** Where its settings are searched for good values. */
  search: SetupSearch
  /** Moves the strategy's sliders. */
  onParams: (params: Record<string, number | boolean>) => void
  /** Changes a condition of its rules. */
  onRule: (change: RuleChange) => void
  /** Shows the chart of another of the markets tested together. */
  onShow: (marketId: string) => void
}

/** What comes below the sentence of a result, read from top to bottom: chart, eight numbers, the rest. */
export const RunResult = memo(function RunResult(props: RunResultProps) {
  const { report, subject, search, onParams, onRule, onShow } = props
  const { timeZone } = usePreferences()
  const [chosen, setTrade] = useState<Trade>()
  const setChosen = useStable((trade: Trade | undefined) => {
    setTrade(trade)
    const other = report.markets.find(({ id, name }) => name === trade?.market && id !== report.market.id)
    if (other) onShow(other.id)
  })
  const [replaying, setReplaying] = useState<{ startMs: number | undefined }>()
  const asked = useAskedCandle(report, sameTrade(report, chosen), replaying !== undefined)
  const whyButton = useRef<HTMLButtonElement>(null)
  const openReplay = () => setReplaying({ startMs: asked.candleMs ?? chosen?.entryTimeMs })
  const closeReplay = () => setReplaying(undefined)
  useShortcut("b", () => (replaying ? closeReplay() : openReplay()))
  // Sentence and chart move with a slider; numbers and tables come when it rests.
  const rested = useRested(report, `${report.market.id} ${report.strategyName}`)
  const [pointed, setPointed] = useState<Trade>()
  // The chart comes first: what is below it may be drawn in pieces, behind whatever the person does.
  const [isThere, setThere] = useState(false)
  useEffect(() => startTransition(() => setThere(true)), [])
  const { failed, save } = useExport(rested)
  useScreenCommands([
    { name: "Why did it, or did it not, trade?", keys: "W", run: asked.toggle },
    { name: "Be there again, candle by candle", keys: "B", run: openReplay },
    { name: "Save the report as a page", run: () => save("report") },
    { name: "Save everything as JSON", run: () => save("json") },
  ])
  const picture = useRef<HTMLDivElement>(null)
  const chooseInList = useStable((trade: Trade | undefined) => {
    setChosen(trade)
    if (trade) showPrices(picture.current)
  })
  const pointing = { zone: timeZone, chosen, onChoose: setChosen, pointed, onPoint: setPointed }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="flex min-w-0 flex-col gap-2">
        {report.markets.length > 1 && (
          <div className="w-60 max-w-full print:hidden">
            <Select
              label="Chart of"
              value={report.market.id}
              choices={report.markets.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={onShow}
            />
          </div>
        )}
        <div ref={picture} className="min-w-0">
          <RunPicture
            report={report}
            zone={timeZone}
            selected={sameTrade(report, chosen)}
            onSelect={setChosen}
            pointed={sameTrade(report, pointed)}
            onPoint={setPointed}
            markMs={asked.candleMs}
            onCandle={asked.ask}
            onPointCandle={asked.point}
          />
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button
            ref={whyButton}
            icon={<CircleHelp aria-hidden className="size-4" />}
            aria-expanded={asked.candleMs !== undefined}
            title="W"
            onClick={asked.toggle}
          >
            Why?
          </Button>
          <Button icon={<History aria-hidden className="size-4" />} title="B" onClick={openReplay}>
            Be there again
          </Button>
          <FindGoodValues search={search} />
          {subject && <AskAboutRun subject={subject} candleMs={asked.candleMs} trade={sameTrade(report, chosen)} />}
        </div>
        {failed && <Notice kind="error">{failed}</Notice>}
        {asked.candleMs !== undefined && (
          <WhyPanel
            report={rested}
            candleMs={asked.candleMs}
            onCandle={asked.walk}
            onClose={asked.close}
            opener={whyButton}
            zone={timeZone}
            isFocused={asked.isByKey}
          />
        )}
        {isThere ? (
          <TradeList report={rested} {...pointing} onChoose={chooseInList} onParams={onParams} onRule={onRule} />
        ) : (
          <TradeListSkeleton />
        )}
      </div>
      {isThere && <RestOfResult report={rested} subject={subject} {...pointing} />}
      {replaying && (
        <Suspense>
          <ReplayScreen report={rested} zone={timeZone} startMs={replaying.startMs} onClose={closeReplay} />
        </Suspense>
      )}
    </div>
  )
})

/** A lit trade is of use only where its prices are in sight: a chart that begins above the window comes down. */
function showPrices(picture: HTMLElement | null): void {
  const chart = picture?.querySelector('[role="application"]')
  if (chart && chart.getBoundingClientRect().top < 0) chart.scrollIntoView({ block: "start" })
}

/** The chosen trade in another run of the same market, where it is entered there too. */
function sameTrade({ trades }: RunReport, chosen: Trade | undefined): Trade | undefined {
  return (
    chosen && trades.find(({ entryTimeMs, market }) => entryTimeMs === chosen.entryTimeMs && market === chosen.market)
  )
}

type PartProps = {
  /** From the run the slider settled on. */
  report: RunReport
  zone: TimeZone
  chosen: Trade | undefined
  onChoose: (trade: Trade | undefined) => void
  pointed: Trade | undefined
  onPoint: (trade: Trade | undefined) => void
}

/** All trades, near enough to the chart for both to be seen at once. */
const TradeList = memo(function TradeList(props: PartProps & Pick<RunResultProps, "onParams" | "onRule">) {
  const { report, zone, chosen, onChoose, pointed, onPoint, onParams, onRule } = props
  if (report.trades.length === 0) return <NeverTraded report={report} onParams={onParams} onRule={onRule} />
  return (
    <TradeTable
      trades={report.trades}
      markets={report.markets}
      zone={zone}
      selected={sameTrade(report, chosen)}
      onSelect={onChoose}
      pointed={sameTrade(report, pointed)}
      onPoint={onPoint}
    />
  )
})

const RestOfResult = memo(function RestOfResult(props: PartProps & Pick<RunResultProps, "subject">) {
  const { report, subject, zone, chosen, onChoose, pointed } = props
  const { market, metrics } = report
  const surroundings = { currency: market.currency, timeframeMs: timeframesMs[report.timeframe], zone }
  const shown = sameTrade(report, pointed ?? chosen)
  return (
    <div className="isolate flex min-w-0 flex-col gap-6">
      <Basics metrics={metrics} subject={subject} {...surroundings} />
      <h2 className="sr-only">The rest of the result</h2>
      <Tabs
        label="The rest of the result"
        tabs={[
          {
            value: "groups",
            label: "Where it came from",
            content: (
              <div className="flex flex-col gap-8">
                <TradePictures report={report} zone={zone} selected={shown} onSelect={onChoose} />
                <TradeGroups report={report} zone={zone} />
              </div>
            ),
          },
          {
            value: "dips",
            label: "Worst dips",
            content: <Dips dips={report.tables.worstDrawdowns} {...surroundings} />,
          },
          {
            value: "numbers",
            label: "All numbers",
            content: <MetricList report={report} subject={subject} {...surroundings} />,
          },
          { value: "account", label: "Small account", content: <AccountCheck report={report} /> },
          { value: "plan", label: "In plain words", content: <Plan report={report} /> },
          { value: "repeat", label: "Repeat or export", content: <Repeat report={report} /> },
        ]}
      />
    </div>
  )
})

function Repeat({ report }: { report: RunReport }) {
  return (
    <div className="flex flex-col gap-6">
      <CrashButton report={report} />
      <Fingerprints report={report} />
      <ExportButtons report={report} />
    </div>
  )
}
