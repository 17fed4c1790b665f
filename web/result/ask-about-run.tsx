import type { MetricDefinition, Trade } from "#engine/result"
import { AskAbout } from "../chat/index.ts"
import type { ChatSubject } from "../db/chat-thread.ts"

/** What a conversation about a run begins at. */
export type RunSubject = Extract<ChatSubject, { kind: "run" }>

type AskAboutRunProps = { subject: RunSubject; candleMs: number | undefined; trade: Trade | undefined }

/** The way to a conversation about a run: about the candle asked about, else the chosen trade, else the whole. */
export function AskAboutRun({ subject, candleMs, trade }: AskAboutRunProps) {
  if (candleMs !== undefined)
    return (
      <AskAbout
        words="Ask about this candle"
        subject={{ ...subject, focus: { kind: "candle", openTimeMs: candleMs } }}
      />
    )
  if (!trade) return <AskAbout subject={subject} />
  const focus = { kind: "trade" as const, market: trade.market, entryTimeMs: trade.entryTimeMs }
  return <AskAbout words="Ask about it" subject={{ ...subject, focus }} />
}

/** The same from the explanation of one of its numbers. */
export function AskAboutMetric({
  subject,
  definition,
}: {
  subject: RunSubject | undefined
  definition: MetricDefinition
}) {
  if (!subject) return null
  return (
    <div className="pt-2">
      <AskAbout isInline subject={{ ...subject, focus: { kind: "metric", key: definition.key } }} />
    </div>
  )
}
