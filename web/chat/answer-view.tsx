import { CircleHelp, CircleSlash } from "lucide-react"
import { lazy, type ReactNode, Suspense } from "react"
import type { Reply } from "#engine/idea"
import type { ChatTurn } from "../db/chat-turn.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { CoinLinks } from "./analysis/coin-links.tsx"
import { Lines } from "./lines.tsx"
import { ModelLine } from "./model-line.tsx"
import { NotHeard } from "./not-heard.tsx"
import { StrategyCard } from "./strategy-card.tsx"
import { UnderWay } from "./under-way.tsx"
import type { Conversation } from "./use-conversation.ts"

const AnalysisCard = lazy(async () => ({ default: (await import("./analysis/analysis-card.tsx")).AnalysisCard }))

type AnswerViewProps = {
  turn: ChatTurn
  conversation: Conversation
  isNewest: boolean
  /** Whether there is a model to ask. */
  hasModel: boolean
  onChange: () => void
}

/** What was answered: a strategy, one question, a refusal with its reason, or words. */
export function AnswerView({ turn, conversation, isNewest, hasModel, onChange }: AnswerViewProps) {
  const { reply } = turn
  const progress = conversation.underWay.get(turn.id)
  if (!reply && progress) return <UnderWay progress={progress} onStop={() => conversation.stop(turn)} />
  if (!reply)
    return (
      <Notice kind="warn" action={<Button onClick={again(turn, conversation)}>Ask again</Button>}>
        {turn.failed ?? "The window was closed before this was answered. Nothing was changed."}
      </Notice>
    )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <h2 className="sr-only">The answer</h2>
      <NotHeard words={unnamed(reply)} />
      {reply.kind === "strategy" ? (
        <>
          <Text text={reply.text} />
          <StrategyCard {...{ turn, reply, conversation, isNewest, onChange }} />
        </>
      ) : (
        <Answered reply={reply} isNewest={isNewest} onSay={conversation.say} />
      )}
      {turn.lacksCoin !== undefined && <CoinLinks coin={turn.lacksCoin} />}
      {turn.analysis && (
        <Suspense fallback={<Skeleton className="h-80 w-full" />}>
          <AnalysisCard said={turn.analysis} />
        </Suspense>
      )}
      <ModelLine turn={turn} onAgain={isNewest && hasModel ? again(turn, conversation) : undefined} />
    </div>
  )
}

/** Words that were not understood and that neither the answer nor what is not possible names: once is enough. */
function unnamed({ text, notPossible, notUnderstood }: Reply) {
  const said = [text, ...notPossible].join("\n")
  return notUnderstood.filter(({ words }) => !said.includes(words.trim()))
}

/** The same words to the model, whatever our own made of them; a branch of its own. */
function again(turn: ChatTurn, { say }: Conversation) {
  return () => say(turn.say, { insteadOf: turn, isForModel: true })
}

type AnsweredProps = { reply: Exclude<Reply, { kind: "strategy" }>; isNewest: boolean; onSay: (words: string) => void }

function Answered({ reply, isNewest, onSay }: AnsweredProps) {
  switch (reply.kind) {
    case "question":
      return (
        <Marked icon={<CircleHelp aria-label="A question" className={`${iconClass} text-info`} />}>
          <Text text={reply.text} />
          {reply.choices && reply.choices.length > 0 && (
            <div role="group" aria-label="Answers" className="flex flex-wrap gap-2">
              {reply.choices.map((choice) => (
                <Button
                  key={choice}
                  dir="auto"
                  className="max-w-full whitespace-normal! text-left"
                  disabled={!isNewest}
                  onClick={() => onSay(choice)}
                >
                  {choice}
                </Button>
              ))}
            </div>
          )}
          <Lines title="So far I took" lines={reply.assumptions} />
        </Marked>
      )
    case "decline":
      return (
        <Marked icon={<CircleSlash aria-label="Not done" className={`${iconClass} text-warn`} />}>
          <Text text={reply.text} />
          <Lines title="Not possible here" lines={reply.notPossible} />
        </Marked>
      )
    case "answer":
      return <Text text={reply.text} />
  }
}

const iconClass = "mt-1 size-4 shrink-0 md:mt-0.5"

function Marked({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-3">
      {icon}
      <div className="flex min-w-0 flex-col items-start gap-3">{children}</div>
    </div>
  )
}

/** A text of ours in its paragraphs. It is text and nothing else, whoever wrote it. */
function Text({ text }: { text: string }) {
  return (
    <div data-testid="answer" className="flex max-w-[64ch] flex-col gap-2 text-base text-ink md:text-sm">
      {text.split(/\n+/).map((paragraph, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- paragraphs never move
        <p key={at} dir="auto" className="wrap-anywhere">
          {paragraph}
        </p>
      ))}
    </div>
  )
}
