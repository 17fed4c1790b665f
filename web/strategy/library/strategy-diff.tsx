import {
  alignedItems,
  type AlignedItem,
  changesInWords,
  type ChangeWords,
  planInWords,
  strategyFromJson,
  type WrittenStrategy,
} from "#engine/strategy"
import { useMemo } from "react"

type StrategyDiffProps = {
  from: WrittenStrategy
  to: WrittenStrategy
  /** Absent where what is around it says what it is. */
  title?: string
  heading?: "h3" | "h4"
}

/** What differs between two documents: the rules as written, and beside them the same in plain words. */
export function StrategyDiff({ title, heading: Heading = "h3", from, to }: StrategyDiffProps) {
  const changes = useMemo(() => changesInWords(from, to), [from, to])
  const sentences = useMemo(() => alignedItems(sentencesOf(from), sentencesOf(to)), [from, to])
  return (
    <section className="flex flex-col gap-3">
      {title !== undefined && <Heading className="font-semibold">{title}</Heading>}
      {changes.length === 0 ? (
        <p className="text-ink-soft">Nothing differs.</p>
      ) : (
        <div className="grid grid-cols-1 gap-x-8 gap-y-4 lg:grid-cols-2">
          <div className="min-w-0">
            <p className="pb-1 text-sm text-ink-soft">The rules</p>
            <dl className="border-b border-line">
              {changes.map((change) => (
                <RuleChange key={`${change.what} ${change.before} ${change.after}`} change={change} />
              ))}
            </dl>
          </div>
          <div className="min-w-0">
            <p className="pb-1 text-sm text-ink-soft">In plain words</p>
            <Items items={sentences.filter(({ kind }) => kind !== "same")} otherwise="The words are the same." />
          </div>
        </div>
      )}
    </section>
  )
}

function RuleChange({ change: { what, before, after, lines } }: { change: ChangeWords }) {
  return (
    <div className="border-t border-line py-2">
      <dt className="text-sm text-ink-soft">{what}</dt>
      {lines ? (
        <dd className="relative max-h-80 overflow-auto" tabIndex={0}>
          <Items items={lines} isCode otherwise="" />
        </dd>
      ) : (
        <dd className="flex flex-col font-mono text-sm wrap-anywhere">
          {before !== undefined && <Side kind="removed" text={before} />}
          {after !== undefined && <Side kind="added" text={after} />}
        </dd>
      )}
    </div>
  )
}

type ItemsProps = { items: AlignedItem[]; isCode?: boolean; otherwise: string }

function Items({ items, isCode = false, otherwise }: ItemsProps) {
  if (items.length === 0) return <p className="border-t border-line py-2 text-ink-soft">{otherwise}</p>
  return (
    <div className={isCode ? "font-mono text-sm whitespace-pre" : "border-y border-line py-2 wrap-anywhere"}>
      {items.map(({ kind, text }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines repeat, and never move
        <Side key={at} kind={kind} text={text} />
      ))}
    </div>
  )
}

const signs = { removed: "−", added: "+", same: " " }
const spoken = { removed: "before: ", added: "now: ", same: "" }

function Side({ kind, text }: AlignedItem) {
  return (
    <span className="flex gap-2">
      <span aria-hidden className={signClass[kind]}>
        {signs[kind]}
      </span>
      <span className="sr-only">{spoken[kind]}</span>
      <span className={kind === "removed" ? "min-w-0 text-ink-soft" : "min-w-0 text-ink-strong"}>{text}</span>
    </span>
  )
}

const signClass = { removed: "w-3 shrink-0 text-loss", added: "w-3 shrink-0 text-gain", same: "w-3 shrink-0" }

/** The plain words of a document; of one that is not finished, that. */
function sentencesOf(document: WrittenStrategy): string[] {
  const checked = strategyFromJson(document)
  return checked.ok ? planInWords(checked.strategy).map(({ text }) => text) : ["It is not finished."]
}
