import type { SignalRecord } from "#engine/run"
import type { KeptModel } from "../../db/kept-model.ts"
import { Calibration } from "../../figure/index.ts"
import { formatCount, formatNumber, formatPercent } from "../../ui/number-format.ts"
import { recordWords } from "./live-record.tsx"
import type { SourceRecord } from "./relay-calls.ts"
import { sourceName } from "./source-name.ts"

type RecordListProps = {
  records: readonly SignalRecord[]
  /** Of calls that the relay kept by itself. */
  relayed: readonly SourceRecord[]
  models: readonly KeptModel[]
}

/** How often each source was right here, of calls that were kept before anybody knew. */
export function RecordList({ records, relayed, models }: RecordListProps) {
  const rows = [
    ...records.map((record) => ({ name: sourceName(record.source, models), record })),
    ...relayed.map((record) => ({ name: `${sourceName(record.source, models)}, kept by the relay`, record })),
  ]
  const sure = records.filter(({ bins }) => bins.length > 0)
  return (
    <section aria-labelledby="records-title" className="flex min-w-0 flex-col gap-4">
      <div className="flex max-w-[72ch] flex-col gap-1">
        <h2 id="records-title" className="text-base font-semibold">
          How often each was right here
        </h2>
        <p className="text-ink-soft">
          Only calls of this market and these candles that were kept before their outcome was known. One that overlaps
          the one before it does not count.
        </p>
      </div>
      {rows.length === 0 ? (
        <p className="border-t border-line py-4 text-ink-soft">
          {`Nothing was kept of this market yet: ${recordWords(undefined)} A call is kept with each candle that closes while this screen is open.`}
        </p>
      ) : (
        <RecordTable rows={rows} />
      )}
      {sure.map((record) => (
        <Calibration
          key={record.source}
          title={`How sure it was: ${sourceName(record.source, models)}`}
          summary={surenessWords(record)}
          dots={record.bins.map(({ meanPercent, cameTrue, count }) => ({
            said: meanPercent / 100,
            came: cameTrue / count,
            count,
          }))}
          words={(share) => formatPercent(100 * share, 0)}
          countWords={formatNumber}
        />
      ))}
    </section>
  )
}

/** On the line it knows how sure to be; under it, it is too sure. */
function surenessWords({ bins }: SignalRecord): string {
  const said = bins.map(
    ({ meanPercent, count, cameTrue }) =>
      `of ${formatCount(count, "time")} it said about ${formatPercent(meanPercent, 0)}, ${cameTrue} came true`,
  )
  return `Across how sure it was, up how often that came true: ${said.join("; ")}.`
}

const columns = ["Source", "Came true", "Share", "Between", "Any candle", "Brier", "Waiting"]

type NamedRecord = { name: string; record: SourceRecord }

function RecordTable({ rows }: { rows: readonly NamedRecord[] }) {
  return (
    <>
      <div tabIndex={0} role="region" aria-label="Records by source" className="overflow-x-auto border-b border-line">
        <table className="w-full min-w-140 text-sm">
          <thead>
            <tr className="text-left text-ink-soft">
              {columns.map((name) => (
                <th key={name} scope="col" className="py-2 pr-4 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {rows.map(({ name, record }) => (
              <tr key={name} data-source={record.source} className="border-t border-line">
                <th scope="row" className="py-2 pr-4 text-left font-normal wrap-anywhere">
                  {name}
                </th>
                {cellsOf(record).map((cell, at) => (
                  <td key={columns[at + 1]} className="py-2 pr-4">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="flex max-w-[72ch] flex-col gap-1 text-sm text-ink-soft">
        {rows.map(({ name, record }) => (
          <li key={name}>{`${name}: ${recordWords(record)}`}</li>
        ))}
      </ul>
    </>
  )
}

function cellsOf({ count, cameTrue, hitPercent, between, baselinePercent, brier, waiting }: SourceRecord): string[] {
  return [
    `${cameTrue} of ${count}`,
    formatPercent(hitPercent, 0),
    between === null ? "–" : `${formatPercent(between.lowPercent, 0)} to ${formatPercent(between.highPercent, 0)}`,
    formatPercent(baselinePercent, 0),
    formatNumber(brier, 3),
    formatNumber(waiting),
  ]
}
