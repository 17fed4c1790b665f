import { ChevronLeft, ChevronRight, Pencil } from "lucide-react"
import { useState } from "react"
import { plainText } from "#engine/candles"
import type { ChatTurn } from "../db/chat-turn.ts"
import { IconButton } from "../ui/button.tsx"
import { Composer } from "./composer.tsx"
import { HeardWords } from "./heard-words.tsx"

type SaidProps = {
  turn: ChatTurn
  /** The turns said in the same place, this one among them. */
  siblings: readonly ChatTurn[]
  onShow: (turn: ChatTurn) => void
  onSayOtherwise: (words: string) => void
}

/** What the person said: their own words, as large as anything on the screen, with a way to say it otherwise. */
export function Said({ turn, siblings, onShow, onSayOtherwise }: SaidProps) {
  const [isEditing, setEditing] = useState(false)
  if (isEditing)
    return (
      <Composer
        label="Say it otherwise"
        sendLabel="Ask this instead"
        start={turn.say}
        focusWish={1}
        onCancel={() => setEditing(false)}
        onSay={(words) => {
          setEditing(false)
          if (words !== turn.say) onSayOtherwise(words)
        }}
      />
    )
  return (
    <div className="group/said flex items-start justify-between gap-x-2 max-md:flex-wrap">
      <h2 className="sr-only">You said</h2>
      {isPasted(turn.say) ? <Pasted text={turn.say} /> : <Sentence turn={turn} />}
      <div className="flex shrink-0 items-center gap-1 md:opacity-0 md:transition-opacity md:group-focus-within/said:opacity-100 md:group-hover/said:opacity-100 md:has-[[data-branches]]:opacity-100">
        {siblings.length > 1 && <Branches turn={turn} siblings={siblings} onShow={onShow} />}
        <IconButton label="Say it otherwise" onClick={() => setEditing(true)}>
          <Pencil aria-hidden className="size-4" />
        </IconButton>
      </div>
    </div>
  )
}

function Sentence({ turn: { say, reply } }: { turn: ChatTurn }) {
  return (
    <p
      dir="auto"
      data-testid="said"
      className="max-w-[60ch] min-w-0 grow text-lg font-medium wrap-anywhere whitespace-pre-line text-ink-strong"
    >
      <HeardWords sentence={say} said={reply} />
    </p>
  )
}

/** More than a person says at once is something they brought: it stays small, and scrolls. */
const MOST_SENTENCE_LETTERS = 700
const MOST_SENTENCE_LINES = 8
const MOST_PASTED_LETTERS = 6_000

function isPasted(text: string): boolean {
  return text.length > MOST_SENTENCE_LETTERS || text.split("\n").length > MOST_SENTENCE_LINES
}

function Pasted({ text }: { text: string }) {
  return (
    <pre
      dir="auto"
      data-testid="said"
      tabIndex={0}
      aria-label="What you pasted"
      className="max-h-40 min-w-0 grow basis-80 overflow-auto rounded-md bg-surface-1 p-3 font-mono text-sm text-ink"
    >
      {text.slice(0, MOST_PASTED_LETTERS)}
    </pre>
  )
}

function Branches({ turn, siblings, onShow }: Pick<SaidProps, "turn" | "siblings" | "onShow">) {
  const at = siblings.indexOf(turn)
  const go = (to: number) => siblings[to] && onShow(siblings[to])
  return (
    <div
      data-branches
      role="group"
      aria-label={`Ways you said it: ${plainText(turn.say, 40)}`}
      className="flex items-center"
    >
      <IconButton
        label="The way you said it before"
        disabled={at === 0}
        className="disabled:opacity-40"
        onClick={() => go(at - 1)}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </IconButton>
      <span className="text-sm text-ink-soft">{`${at + 1}/${siblings.length}`}</span>
      <IconButton
        label="The way you said it next"
        disabled={at === siblings.length - 1}
        className="disabled:opacity-40"
        onClick={() => go(at + 1)}
      >
        <ChevronRight aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
