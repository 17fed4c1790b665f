import { X } from "lucide-react"
import { Dialog as Radix } from "radix-ui"
import { type KeyboardEvent, useMemo, useRef } from "react"
import { RunChart } from "../chart/index.ts"
import { MadeUpChip } from "../figure/index.ts"
import { type Past, pastOf } from "../run/past.ts"
import type { RunReport } from "../run/run-report.ts"
import { candleOfBar } from "../run/strategy-candle.ts"
import { barPlace } from "../run/chart-columns.ts"
import { IconButton } from "../ui/button.tsx"
import { formatCandle, type TimeZone } from "../ui/date-format.ts"
import { formatNumber, formatPercent, formatRoundMoney, formatSignedMoney } from "../ui/number-format.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { ReplayControls } from "./replay-controls.tsx"
import { replayStart } from "./replay-start.ts"
import { useReplay } from "./use-replay.ts"
import { WhyPanel } from "./why-panel.tsx"

type ReplayScreenProps = {
  report: RunReport
  zone: TimeZone
  /** The candle to begin at; some way in where there is none. */
  startMs?: number
  onClose: () => void
}

/** The run once more, candle by candle, without what came after, and why it did what it did. */
export function ReplayScreen({ report, zone, startMs, onClose }: ReplayScreenProps) {
  const { chart, market } = report
  const replay = useReplay(chart.close.length, replayStart(chart.openTimeMs, startMs))
  const play = useRef<HTMLButtonElement>(null)
  const past = useMemo(() => pastOf(report, replay.bar), [report, replay.bar])
  const barMs = chart.openTimeMs[replay.bar]
  const onKeyDown = (event: KeyboardEvent) => {
    if (isForField(event)) return
    const steps = stepsOf(event)
    if (steps !== undefined) replay.step(steps)
    else if (event.key === " " && !isButton(event)) replay.togglePlay()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content
          onKeyDownCapture={onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            play.current?.focus()
          }}
          className="fixed inset-0 z-40 flex flex-col gap-3 overflow-y-auto bg-surface-0 p-3 md:p-6"
        >
          <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Radix.Title className="flex grow items-center gap-1 text-base font-semibold md:grow-0">
              Be there again <WhatIsThis term="replay" />
            </Radix.Title>
            <Radix.Description
              data-testid="replay-now"
              className="text-ink-soft max-md:order-last max-md:basis-full md:grow"
            >
              {report.strategyName} on {market.name}, {formatCandle(barMs, chart.barMs, zone)}
            </Radix.Description>
            <MadeUpChip of={report.madeUp} />
            <Radix.Close asChild>
              <IconButton label="Come back">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </header>
          <ReplayControls replay={replay} playRef={play} />
          <div className="grid min-w-0 grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="flex min-w-0 flex-col gap-3">
              <SoFarLine past={past} report={report} />
              <RunChart
                title={`${report.strategyName} on ${market.name}, as it was then`}
                summary="Nothing after this candle is drawn."
                columns={past.chart}
                trades={past.trades}
                lines={past.lines}
                panes={["price", "equity"]}
                priceDecimals={market.priceDecimals}
                madeUp={report.madeUp}
                currency={market.currency}
                zone={zone}
                reasonOf={reasonOf}
                timeframeMs={market.timeframeMs}
                showMs={barMs}
                className="h-96 md:h-[clamp(20rem,56dvh,40rem)]"
              />
            </div>
            <WhyPanel
              name="Why, at this candle?"
              report={report}
              candleMs={candleOfBar(report, barMs) ?? barMs}
              onCandle={(candleMs) => replay.step(barPlace(chart.openTimeMs, candleMs) - replay.bar)}
              zone={zone}
              isQuiet={replay.isPlaying}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** How it stood then: what is known of the result so far. */
function SoFarLine({ past: { soFar }, report }: { past: Past; report: RunReport }) {
  const { currency } = report.market
  const { equity, holding, worstDipPercent, closedCount, wonCount, closedProfit } = soFar
  const rows = [
    ["Your money", formatRoundMoney(equity, currency)],
    ["Just holding", formatRoundMoney(holding, currency)],
    ["Worst dip", formatPercent(worstDipPercent)],
    ["Trades", `${formatNumber(closedCount)}, ${formatNumber(wonCount)} won`],
    ["They made", formatSignedMoney(closedProfit, currency)],
  ]
  return (
    <dl data-testid="so-far" className="grid grid-cols-2 gap-x-6 gap-y-1 text-sm sm:flex sm:flex-wrap">
      {rows.map(([name, words]) => (
        <div key={name} className="flex gap-2">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="font-medium text-ink-strong">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function reasonOf({ exitTimeMs }: { exitTimeMs: number }): string {
  return exitTimeMs === Infinity ? "Still open" : ""
}

function stepsOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): number | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  if (key === "ArrowRight" || key === "ArrowLeft") return (key === "ArrowRight" ? 1 : -1) * (shiftKey ? 10 : 1)
  return { PageUp: -10, PageDown: 10 }[key]
}

/** What is typed into a field, or chosen from a list, is the field's. */
function isForField({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)
}

function isButton({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.tagName === "BUTTON"
}
