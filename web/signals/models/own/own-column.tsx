import { Link } from "@tanstack/react-router"
import { useState } from "react"
import type { MarketChoice } from "../../../market/index.ts"
import { judgeColumn } from "../../../run/forecast-scoring.ts"
import type { ColumnAsked } from "../../../run/column-job.ts"
import { Button, buttonClass } from "../../../ui/button.tsx"
import { Notice } from "../../../ui/notice.tsx"
import { Select } from "../../../ui/select.tsx"
import { ColumnCard, type Judged } from "./column-card.tsx"
import { askedHow, JudgedFields, nothingSaid } from "./judged-fields.tsx"
import { MarketSelect } from "../market-select.tsx"

/** A file's extra column, taken as a forecast: what a program of one's own said of each candle. */
export function OwnColumn({ markets }: { markets: MarketChoice[] }) {
  const withColumns = markets.filter(({ extraNames = [] }) => extraNames.length > 0)
  const [judged, setJudged] = useState<Judged>()
  const [problem, setProblem] = useState<string>()
  const judge = async (asked: ColumnAsked) => {
    const found = await judgeColumn(asked).catch((error: Error) => ({ ok: false as const, because: error.message }))
    setProblem(found.ok ? undefined : found.because)
    setJudged(found.ok ? { asked, found } : undefined)
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[72ch] text-ink-soft">
        Import a file of candles with one more column: a probability that the price rises, a return in percent, or a
        number whose sign says which way. It is judged by the same card, and rules can name the column as it is.
      </p>
      {withColumns.length === 0 ? (
        <Link to="/data" className={buttonClass("quiet", "self-start")}>
          Import such a file
        </Link>
      ) : (
        <ColumnFields markets={withColumns} onJudge={judge} />
      )}
      {problem && <Notice kind="warn">{problem}</Notice>}
      {judged && <ColumnCard judged={judged} />}
    </div>
  )
}

type ColumnFieldsProps = { markets: MarketChoice[]; onJudge: (asked: ColumnAsked) => Promise<void> }

function ColumnFields({ markets, onJudge }: ColumnFieldsProps) {
  const [marketId, setMarketId] = useState(markets[0].id)
  const market = markets.find(({ id }) => id === marketId) ?? markets[0]
  const columns = market.extraNames ?? []
  const [chosen, setColumn] = useState("")
  const column = columns.includes(chosen) ? chosen : columns[0]
  const [how, setHow] = useState(nothingSaid)
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="w-64 max-w-full">
        <MarketSelect label="On the market" markets={markets} value={market.id} onChange={setMarketId} />
      </div>
      <div className="w-48 max-w-full">
        <Select
          label="Column"
          value={column}
          choices={columns.map((name) => ({ value: name, label: name }))}
          onChange={setColumn}
        />
      </div>
      <JudgedFields how={how} onChange={setHow} />
      <Button onClick={() => void onJudge({ marketId: market.id, column, ...askedHow(how) })}>Judge it</Button>
    </div>
  )
}
