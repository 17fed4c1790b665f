import {
  FEWEST_OUTCOMES,
  type IndicatorVote,
  type IndicatorVotes,
  type SignalRecord,
  type VoteSummary,
} from "#engine/run"
import { Gauge, type GaugeBand } from "../../figure/index.ts"
import { classNames } from "../../ui/class-names.ts"
import { formatPercent, formatPrice } from "../../ui/number-format.ts"
import { ActionWord } from "./action-word.tsx"
import { LiveRecord } from "./live-record.tsx"

type VotesPanelProps = { votes: IndicatorVotes; record: SignalRecord | undefined; hasEnded: boolean }

/** What 26 indicators say: a needle, its record, and each vote with its own. */
export function VotesPanel({ votes, record, hasEnded }: VotesPanelProps) {
  const { gauge, aheadCandles } = votes
  return (
    <section aria-labelledby="votes-title" className="flex min-w-0 flex-col gap-4">
      <div className="flex max-w-[72ch] flex-col gap-1">
        <h2 id="votes-title" className="text-base font-semibold">
          What indicators vote
        </h2>
        <p className="text-ink-soft">
          {`Each vote is held against the close ${aheadCandles} candles later, in these candles. What is no better than a coin is grey.`}
        </p>
      </div>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Gauge
          title="All votes together"
          summary={gauge.all.words}
          value={gauge.all.score}
          bands={bands}
          word={gauge.all.score === null ? "not known yet" : gauge.all.level}
          table={{
            columns: ["Group", "BUY", "HOLD", "SELL", "Not known"],
            rows: Object.entries(gauge).map(([name, group]) => [
              groupNames[name as keyof typeof gauge],
              ...counts(group),
            ]),
          }}
        />
        <div className="flex flex-col gap-4">
          <Group name="Moving averages" summary={gauge.movingAverages} />
          <Group name="Oscillators" summary={gauge.oscillators} />
          <LiveRecord record={record} what="votes" hasEnded={hasEnded} />
        </div>
      </div>
      <VoteTable votes={votes.votes} />
    </section>
  )
}

const bands: GaugeBand[] = [
  { until: -0.5, name: "strong sell", role: "loss" },
  { until: -0.1, name: "sell", role: "loss" },
  { until: 0.1, name: "neutral", role: "plain" },
  { until: 0.5, name: "buy", role: "gain" },
  { until: 1, name: "strong buy", role: "gain" },
]

const groupNames = { all: "All", movingAverages: "Moving averages", oscillators: "Oscillators" }

function counts({ counts: { BUY, HOLD, SELL }, unknown }: VoteSummary): string[] {
  return [BUY, HOLD, SELL, unknown].map(String)
}

function Group({ name, summary }: { name: string; summary: VoteSummary }) {
  return (
    <div className={classNames("flex flex-col gap-1", !summary.record.better && "text-ink-soft")}>
      <h3 className="font-semibold text-ink-strong">{`${name}: ${summary.level}`}</h3>
      <p className="max-w-[72ch] text-sm">{summary.words}</p>
    </div>
  )
}

function VoteTable({ votes }: { votes: readonly IndicatorVote[] }) {
  return (
    <div tabIndex={0} role="region" aria-label="Each vote" className="overflow-x-auto border-b border-line">
      <table className="w-full text-sm sm:min-w-140">
        <thead>
          <tr className="text-left text-ink-soft">
            {columns.map((name) => (
              <th key={name} scope="col" className={classNames("py-2 pr-4 font-medium", isWide(name) && wideOnly)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {votes.map((vote) => (
            <VoteRow key={vote.name} vote={vote} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A phone shows what was said, and what it was worth. */
const wideOnly = "max-sm:hidden"
const isWide = (name: string) => name === "Value" || name === "Any candle"
const columns = ["Indicator", "Value", "Says", "Came true before", "Any candle", "Worth"]

function VoteRow({ vote }: { vote: IndicatorVote }) {
  const { title, value, action, words, recordWords, record, needsCandles } = vote
  const ink = record.better ? "text-ink-strong" : "text-ink-soft"
  return (
    <tr className={classNames("border-t border-line", ink)} data-vote={vote.name}>
      <th scope="row" className="py-2 pr-4 text-left font-normal" title={words}>
        {title}
      </th>
      <td className={classNames("py-2 pr-4 tabular-nums", wideOnly)}>
        {value === null ? `needs ${needsCandles} more` : formatPrice(value)}
      </td>
      <td className="py-2 pr-4">
        <ActionWord action={action} isGrey={!record.better} />
      </td>
      <td className="py-2 pr-4 tabular-nums" title={recordWords}>
        {record.count === 0 ? "–" : `${record.cameTrue} of ${record.count}`}
      </td>
      <td className={classNames("py-2 pr-4 tabular-nums", wideOnly)}>{formatPercent(record.baselinePercent, 0)}</td>
      <td className="py-2">{worth(vote)}</td>
    </tr>
  )
}

function worth({ record: { better, count } }: IndicatorVote): string {
  if (better) return "better than a coin"
  return count < FEWEST_OUTCOMES ? `too few: ${FEWEST_OUTCOMES - count} missing` : "no better than a coin"
}
