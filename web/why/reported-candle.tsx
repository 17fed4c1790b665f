import { timeframesMs } from "#engine/candles"
import { exitWords, refusalWords } from "#engine/result"
import { Check, CircleSlash, X } from "lucide-react"
import type { ReactNode } from "react"
import type { RunReport } from "../run/run-report.ts"
import type { ReportedCondition } from "#engine/run"
import { classNames } from "../ui/class-names.ts"
import { formatCandle, type TimeZone } from "../ui/date-format.ts"
import { formatNumber, formatPrice, formatQuantity } from "../ui/number-format.ts"
import { type FilledIn, type Live, partWords, type ReportedCandle, valueWords, whySentences } from "./why-words.ts"

type ReportedCandleViewProps = {
  reported: ReportedCandle
  filled: FilledIn
  live?: Live
  priceDecimals: number | undefined
  /** How long a candle of the fills is; their moments are written as its. */
  fillMs: number
  zone: TimeZone
  /** What else there is to say, behind the sentence. */
  children?: ReactNode
}

const parts = ["long.enter", "short.enter", "long.exit", "short.exit"] as const

/** The state at a candle: the sentence, each condition with its values, what blocked, and the levels. */
export function ReportedCandleView(props: ReportedCandleViewProps) {
  const { reported, filled, live, priceDecimals, children } = props
  const price = (value: number) => formatPrice(value, priceDecimals)
  const asked = parts.filter((part) => reported.conditions.some((condition) => condition.part === part))
  return (
    <>
      <p data-testid="why-words" className="max-w-[60ch] font-medium text-ink-strong">
        {whySentences(reported, { ...filled, price, live }).join(" ")}
      </p>
      {children}
      {reported.refusals.length > 0 && (
        <Group title="What blocked it">
          {[...new Set(reported.refusals)].map((reason) => (
            <li key={reason} className="flex gap-2">
              <CircleSlash aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
              {refusalWords[reason]}
            </li>
          ))}
        </Group>
      )}
      {asked.map((part) => (
        <Group key={part} title={partWords(part, reported)}>
          {reported.conditions
            .filter((condition) => condition.part === part)
            .map((condition) => (
              <Condition key={condition.formula} condition={condition} isHeld={reported.position !== null} />
            ))}
        </Group>
      ))}
      {reported.position && <Position {...props} price={price} />}
      {reported.journal.length > 0 && (
        <Group title="What its code wrote here">
          {reported.journal.map((line, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same line may be written twice, and none ever moves
            <li key={at} className="font-mono text-xs wrap-anywhere">
              {line}
            </li>
          ))}
        </Group>
      )}
    </>
  )
}

/** The trades of a run that began or ended within a candle. */
export function filledIn({ trades, timeframe }: RunReport, openTimeMs: number): FilledIn {
  const isIn = (timeMs: number) => timeMs >= openTimeMs && timeMs < openTimeMs + timeframesMs[timeframe]
  return {
    entered: trades.filter(({ entryTimeMs }) => isIn(entryTimeMs)).slice(0, MOST_FILLS),
    exited: trades
      .filter(({ exitTimeMs, exitReason }) => isIn(exitTimeMs) && exitReason !== "endOfData")
      .slice(0, MOST_FILLS),
  }
}

const MOST_FILLS = 5

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm text-ink-soft">{title}</h3>
      <ul className="flex flex-col gap-2 text-sm">{children}</ul>
    </section>
  )
}

function Condition({ condition, isHeld }: { condition: ReportedCondition; isHeld: boolean }) {
  const { words, met, value, asksForPosition, operands } = condition
  const Icon = met ? Check : X
  return (
    <li className="flex gap-2" data-met={met}>
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", met ? "text-gain" : "text-ink-faint")} />
      <span className="min-w-0 wrap-anywhere">
        <span className={met ? "text-ink-strong" : "text-ink"}>{words}</span>
        <span className="sr-only">{met ? " (yes)" : " (no)"}</span>
        <span className="block text-ink-soft">{valueWords({ asksForPosition, isHeld, value, operands })}</span>
      </span>
    </li>
  )
}

function Position({ reported, price, fillMs, zone }: ReportedCandleViewProps & { price: (value: number) => string }) {
  const { side, quantity, entryPrice, entryTimeMs, candlesHeld, stop, stopReason, targets } = reported.position!
  const rows = [
    [
      side === "long" ? "Bought" : "Sold short",
      `${formatQuantity(quantity)} at ${price(entryPrice)}, ${formatCandle(entryTimeMs, fillMs, zone)}`,
    ],
    ["Held for", candlesHeld === 1 ? "1 candle" : `${formatNumber(candlesHeld)} candles`],
    ["Stop", stop === null ? "none" : `${price(stop)} (${exitWords[stopReason].toLowerCase()})`],
    ...(targets.length > 0 ? [["Targets", targets.map(price).join(", ")]] : []),
  ]
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm text-ink-soft">After this candle it holds</h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {rows.map(([name, words]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-ink-strong">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
