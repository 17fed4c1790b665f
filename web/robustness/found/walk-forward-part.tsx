import type { WalkForward } from "#engine/run"
import { Curves, Ribbon } from "../../figure/index.ts"
import { formatDate } from "../../ui/date-format.ts"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../ui/number-format.ts"
import { Tabs } from "../../ui/tabs.tsx"
import { WhatIsThis } from "../../what-is-this.tsx"
import type { FoundView } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"
import { curveOf } from "./held-out-part.tsx"

const names: Record<WalkForward["kind"], string> = {
  rolling: "The last part only",
  anchored: "All there was so far",
}

/** The search repeated on part after part, each traded on the one that follows. */
export function WalkForwardPart({ view }: { view: FoundView }) {
  const { rolling, anchored } = view.optimisation.walkForward
  const walked = [rolling, anchored].filter((one) => one !== undefined)
  if (walked.length === 0) return null
  return (
    <FoundPart title="Had you searched again and again" about={<WhatIsThis term="walkForward" />}>
      <Tabs
        label="What each search looked at"
        tabs={walked.map((walk) => ({ value: walk.kind, label: names[walk.kind], content: <Walked walk={walk} /> }))}
      />
    </FoundPart>
  )
}

function Walked({ walk }: { walk: WalkForward }) {
  const { windows, won, returnPercent, maxDrawdownPercent, sharpe, days } = walk
  const traded = `${formatNumber(won)} of ${formatCount(windows.length, "part")} made money`
  const figures = `${formatSignedPercent(returnPercent)} in all, worst dip ${formatPercent(maxDrawdownPercent)}, Sharpe ratio ${sharpe === null ? "unknown" : formatNumber(sharpe, 2)}`
  return (
    <div className="flex flex-col gap-6">
      <Ribbon
        title="Searched, then traded"
        summary={`Faint: what the search looked at. Strong: the part traded with what it found. ${traded}.`}
        windows={windows.map(({ training, test, testReturnPercent }) => ({
          learnt: training,
          tried: test,
          amount: testReturnPercent,
          words: formatSignedPercent(testReturnPercent),
        }))}
        timeWords={(timeMs) => formatDate(timeMs, "utc")}
      />
      <Curves
        title="The traded parts one after the other"
        summary={`${figures}.`}
        curves={[curveOf("Walked forward", days)]}
        amountWords={(percent) => formatPercent(percent, 0)}
        exactWords={(percent) => formatSignedPercent(percent)}
        timeWords={(timeMs) => formatDate(timeMs, "utc")}
      />
    </div>
  )
}
