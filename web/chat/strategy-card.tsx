import { Undo2 } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { plainText } from "#engine/candles"
import type { StrategyReply } from "#engine/idea"
import type { WrittenStrategy } from "#engine/strategy"
import type { ChatTurn } from "../db/chat-turn.ts"
import { DangerFlags, StrategyDiff } from "../strategy/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { type Tab, Tabs } from "../ui/tabs.tsx"
import { AppliedLine } from "./applied-line.tsx"
import { CardRules } from "./card-rules.tsx"
import { CardWhy } from "./card-why.tsx"
import { CardWords } from "./card-words.tsx"
import { Lines } from "./lines.tsx"
import { useCard } from "./use-card.ts"
import type { Conversation } from "./use-conversation.ts"

// What tests a strategy comes when one is used.
const CardResult = lazy(async () => ({ default: (await import("./card-result.tsx")).CardResult }))

type StrategyCardProps = {
  turn: ChatTurn
  reply: StrategyReply
  conversation: Conversation
  /** Whether it is the answer the person is at: its button is the screen's one. */
  isNewest: boolean
  onChange: () => void
}

/** A strategy as an answer: what it does, what changes, what was assumed; nothing happens until it is confirmed. */
export function StrategyCard({ turn, reply, conversation, isNewest, onChange }: StrategyCardProps) {
  const card = useCard(turn, reply, conversation)
  const [isWhy, setWhy] = useState(false)
  const [isShown, setShown] = useState(false)
  const { document } = reply
  const name = plainText(document.name, 100)
  if (turn.isTakenBack && !turn.applied && !isShown) return <TakenBack name={name} onShow={() => setShown(true)} />
  return (
    <article
      aria-label={`Strategy: ${name}`}
      data-testid="card"
      className="flex min-w-0 flex-col gap-5 rounded-lg border border-line bg-surface-1 p-4 md:p-6"
    >
      <header className="flex flex-col gap-1">
        <h3 dir="auto" className="text-base font-semibold wrap-anywhere">
          {name}
        </h3>
        <p className="text-sm text-ink-soft">{whereWords(document)}</p>
      </header>
      <Tabs
        label="The strategy"
        tabs={[
          ...changesTab(card.base, reply),
          {
            value: "words",
            label: "In plain words",
            content: <CardWords document={document} testedOn={card.testedOn} />,
          },
          { value: "rules", label: "Rules", content: <CardRules document={document} /> },
        ]}
      />
      <Lines title="What you did not say" lines={reply.assumptions} />
      <Lines title="Not possible here" lines={reply.notPossible} isWarning />
      <DangerFlags document={document} />
      {card.problem && <Notice kind="error">{card.problem}</Notice>}
      <div className="flex flex-wrap gap-2">
        {!turn.applied && (
          <Button look={isNewest ? "primary" : "quiet"} disabled={!card.hash} onClick={card.apply}>
            {card.isChange && card.isOfLibrary ? "Use the change and test it" : "Use it and test it"}
          </Button>
        )}
        <Button onClick={onChange}>Change it</Button>
        <Button aria-expanded={isWhy} onClick={() => setWhy(!isWhy)}>
          Why?
        </Button>
      </div>
      {isWhy && <CardWhy reply={reply} hash={card.hash} />}
      {turn.applied && (
        <div className="flex flex-col gap-4 border-t border-line pt-4">
          <AppliedLine applied={turn.applied} onTakeBack={isNewest ? card.takeBack : undefined} />
          <Suspense fallback={<Skeleton className="h-40 w-full" />}>
            <CardResult turn={turn} conversation={conversation} standsInFor={card.standsInFor} place={card.place} />
          </Suspense>
        </div>
      )}
    </article>
  )
}

/** A card whose change was taken back: folded away, for what is said later does not stand on it. */
function TakenBack({ name, onShow }: { name: string; onShow: () => void }) {
  return (
    <article
      aria-label={`Taken back: ${name}`}
      data-testid="taken-back"
      className="flex min-w-0 flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-surface-1 p-4"
    >
      <p className="flex min-w-0 items-start gap-2 text-ink-soft">
        <Undo2 aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          Taken back: this change of “<bdi>{name}</bdi>” is not in what you say next.
        </span>
      </p>
      <Button onClick={onShow}>Show it</Button>
    </article>
  )
}

/** What differs from the strategy that was there, before what it is now. */
function changesTab(base: WrittenStrategy | undefined, { document }: StrategyReply): Tab[] {
  if (!base) return []
  const content = <StrategyDiff from={base} to={document} />
  return [{ value: "changes", label: "What changes", content }]
}

function whereWords({ timeframe, markets }: StrategyReply["document"]): string {
  return `${timeframe} candles${markets.length > 0 ? ` · ${markets.map((name) => plainText(name, 20)).join(", ")}` : ""}`
}
