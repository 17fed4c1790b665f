import type { ChanceRuns, MonteCarlo } from "#engine/run"
import { Fan } from "../../../figure/index.ts"
import { formatCount, formatMoney, formatNumber, formatPercent, formatRoundMoney } from "../../../ui/number-format.ts"
import { Tabs } from "../../../ui/tabs.tsx"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"

type FanPartProps = { monteCarlo: MonteCarlo; ruinCash: number; currency: string | undefined }

/** Where the money could have gone, had chance dealt otherwise. */
export function FanPart({ monteCarlo: { shuffle, bootstrap, skipped }, ruinCash, currency }: FanPartProps) {
  const kinds: [string, string, string, ChanceRuns][] = [
    ["pasts", "Other pasts", "markets made anew from pieces of the real ones", bootstrap],
    ["orders", "Other orders", "the same trades in another order", shuffle],
    ["missed", "Missed trades", "the same trades, one in ten of them missed", skipped],
  ]
  return (
    <FoundPart title="What else could have happened" about={<WhatIsThis term="monteCarlo" />}>
      <Tabs
        label="What chance changes"
        tabs={kinds.map(([value, label, what, runs]) => ({
          value,
          label,
          content: <ChanceFan what={what} runs={runs} ruinCash={ruinCash} currency={currency} />,
        }))}
      />
    </FoundPart>
  )
}

type ChanceFanProps = Omit<FanPartProps, "monteCarlo"> & { what: string; runs: ChanceRuns }

function ChanceFan({
  what,
  runs: { runs, fan, p5, p50, p95, ruinPercent, worstFall },
  ruinCash,
  currency,
}: ChanceFanProps) {
  const money = (amount: number) => formatMoney(amount, currency)
  const unit = fan.unit === "trades" ? "trade" : "day"
  return (
    <Fan
      title={`${formatCount(runs, "run")} on ${what}`}
      summary={`At the end ${money(p5)} in the worst 5\u202f%, ${money(p50)} in the middle, ${money(p95)} in the best 5\u202f%. One run in twenty fell by ${formatPercent(worstFall.p95)} or more; ${ruinWords(ruinPercent)} fell to ${money(ruinCash)}.`}
      {...fan}
      level={{ value: fan.middle[0], name: "Start" }}
      amountWords={(amount) => formatRoundMoney(amount, currency)}
      stepWords={(step) => formatCount(step, unit)}
    />
  )
}

function ruinWords(ruinPercent: number): string {
  if (ruinPercent === 0) return "none"
  return `${formatNumber(ruinPercent, ruinPercent < 10 ? 1 : 0)}\u202f%`
}
