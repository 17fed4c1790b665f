import { type CandleDefect, type DefectKind, strategyTimeframeOf } from "#engine/candles"
import { type ReactNode, useState } from "react"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import { Button } from "../../ui/button.tsx"
import { type DataColumn, DataTable } from "../../ui/data-table.tsx"
import { type TimeZone, formatCandle } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { formatNumber } from "../../ui/number-format.ts"
import { defectWords } from "./defect-words.ts"
import { fetchAgain } from "../download/download-start.ts"
import { mend } from "./mend.ts"
import { canFetchAgain, isEmptyThere, type MendWay, mendWaysOf, rangesOf } from "./mend-way.ts"

type DefectListProps = {
  market: SavedMarket
  defects: CandleDefect[]
  zone: TimeZone
  selected?: CandleDefect
  onSelect: (defect: CandleDefect) => void
}

/** The defects, kind by kind, each with what it means and what to do about all of it; below, one by one. */
export function DefectList({ market, defects, zone, selected, onSelect }: DefectListProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const act = async (work: () => Promise<string | undefined>) => {
    setBusy(true)
    setProblem(await work())
    setBusy(false)
  }
  const actions = { market, busy, act }
  const kinds = [...new Set(defects.map(({ kind }) => kind))]
  return (
    <div className="flex flex-col gap-4" aria-busy={busy}>
      {problem && <Notice kind="error">{problem}</Notice>}
      <ul className="flex flex-col">
        {kinds.map((kind) => (
          <KindItem
            key={kind}
            kind={kind}
            defects={defects.filter((defect) => defect.kind === kind)}
            actions={actions}
          />
        ))}
      </ul>
      {defects.length > 1 && <DefectTable {...{ market, defects, zone, selected, onSelect }} actions={actions} />}
      {defects.length > 1 && selected && <Selected defect={selected} zone={zone} actions={actions} />}
    </div>
  )
}

type Actions = { market: SavedMarket; busy: boolean; act: (work: () => Promise<string | undefined>) => Promise<void> }

function KindItem({ kind, defects, actions }: { kind: DefectKind; defects: CandleDefect[]; actions: Actions }) {
  const alone = defects.length === 1 ? defects[0] : undefined
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3 md:flex-row md:items-start md:justify-between md:gap-6">
      <div className="flex max-w-[72ch] flex-col gap-1">
        <h3 className="font-semibold text-ink-strong">{defectWords[kind].name(defects.length)}</h3>
        {alone && <p>{alone.words}</p>}
        <p className="text-sm text-ink-soft">{defectWords[kind].meaning}</p>
        {alone && isEmptyThere(actions.market, alone) && (
          <p className="text-sm text-ink-soft">{actions.market.source} was asked and has none there.</p>
        )}
      </div>
      <div className="flex shrink-0 flex-wrap gap-2">
        <MendButtons kind={kind} defects={defects} actions={actions} />
      </div>
    </li>
  )
}

function MendButtons({
  kind,
  defects,
  actions,
  small = false,
}: {
  kind: DefectKind
  defects: CandleDefect[]
  actions: Actions
  small?: boolean
}) {
  const { market, busy, act } = actions
  const isOne = defects.length === 1
  const where = small ? `, ${defects[0].words}` : ""
  const button = (verb: string, work: () => Promise<string | undefined>): ReactNode => (
    <Button
      key={verb}
      look={small ? "plain" : "quiet"}
      disabled={busy}
      aria-label={`${verb}${where}`}
      onClick={() => void act(work)}
    >
      {verb}
    </Button>
  )
  return (
    <>
      {canFetchAgain(market, kind) &&
        button(isOne ? "Fetch again" : "Fetch all again", () => startFetch(market, defects))}
      {mendWaysOf(kind).map((way: MendWay) =>
        button(isOne ? way.verb : way.verbAll, () => mend(market, { how: way.how, defects }, way.done(defects))),
      )}
    </>
  )
}

async function startFetch(market: SavedMarket, defects: CandleDefect[]): Promise<string | undefined> {
  const timeframe = strategyTimeframeOf(market.timeframeMs)
  const job = timeframe && (await fetchAgain(market, rangesOf(defects, market.timeframeMs), timeframe))
  return job ? undefined : "This market did not come from an exchange, so we cannot fetch it again."
}

function DefectTable({ market, defects, zone, selected, onSelect, actions }: DefectListProps & { actions: Actions }) {
  return (
    <DataTable
      label="One by one"
      rows={defects}
      selected={selected}
      onSelect={onSelect}
      columns={columnsFor(market, zone, actions)}
    />
  )
}

/** The chosen one, in full: on a phone the table has no room for words and buttons. */
function Selected({ defect, zone, actions }: { defect: CandleDefect; zone: TimeZone; actions: Actions }) {
  return (
    <div className="flex flex-col gap-2 border-l-2 border-accent pl-3" aria-live="polite">
      <p className="max-w-[72ch]">
        <span className="text-ink-soft">{formatCandle(defect.fromMs, actions.market.timeframeMs, zone)}:</span>{" "}
        {defect.words} {isEmptyThere(actions.market, defect) && `${actions.market.source} has none there.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <MendButtons kind={defect.kind} defects={[defect]} actions={actions} />
      </div>
    </div>
  )
}

function columnsFor(market: SavedMarket, zone: TimeZone, actions: Actions): DataColumn<CandleDefect>[] {
  return [
    {
      key: "from",
      header: "From",
      sortBy: ({ fromMs }) => fromMs,
      cell: ({ fromMs }) => formatCandle(fromMs, market.timeframeMs, zone),
    },
    {
      key: "kind",
      header: "What",
      sortBy: ({ kind }) => kind,
      cell: ({ kind }) => defectWords[kind].name(1).replace(/^1 /, ""),
    },
    {
      key: "count",
      header: "Candles",
      align: "end",
      from: "medium",
      sortBy: ({ count }) => count,
      cell: ({ count }) => formatNumber(count),
    },
    { key: "words", header: "In words", from: "wide", cell: (defect) => wordsCell(market, defect) },
    { key: "do", header: "Do", from: "medium", cell: (defect) => <RowButtons defect={defect} actions={actions} /> },
  ]
}

function wordsCell(market: SavedMarket, defect: CandleDefect): ReactNode {
  const words = isEmptyThere(market, defect) ? `${defect.words} ${market.source} has none there.` : defect.words
  return (
    <span className="block max-w-[56ch] truncate" title={words}>
      {words}
    </span>
  )
}

/** Pressing one of them must not choose the row as well. */
function RowButtons({ defect, actions }: { defect: CandleDefect; actions: Actions }) {
  return (
    <span onClick={(event) => event.stopPropagation()}>
      <MendButtons small kind={defect.kind} defects={[defect]} actions={actions} />
    </span>
  )
}
