import { useEffect, useRef, useState } from "react"
import { MOST_TURNS } from "../db/chat-turn.ts"
import { loadModelSettings } from "../db/model-settings.ts"
import { useKept } from "../db/use-kept.ts"
import { Notice } from "../ui/notice.tsx"
import { AnswerView } from "./answer-view.tsx"
import { siblingsOf } from "./branch.ts"
import { Composer } from "./composer.tsx"
import { Said } from "./said.tsx"
import { nextWords, Suggestions } from "./suggestions.tsx"
import { useToastsAbove } from "./use-toasts-above.ts"
import type { Conversation } from "./use-conversation.ts"

/** What was said, from the first sentence down, and below it where the person goes on. */
export function ConversationView({ conversation }: { conversation: Conversation }) {
  const { branch, turns, say, show, thread } = conversation
  const newest = branch.at(-1)
  const settings = useKept(loadModelSettings)
  const hasModel = settings.state === "ready" && settings.value.models.some(({ isOn }) => isOn)
  const end = useRef<HTMLLIElement>(null)
  const composer = useRef<HTMLDivElement>(null)
  const [focusWish, setFocusWish] = useState(0)
  const newestId = newest?.id
  // The newest turn has room enough to stand at the top, however little is in it.
  useEffect(() => {
    if (newestId !== undefined) end.current?.scrollIntoView({ block: "start" })
  }, [newestId])
  useToastsAbove(composer)
  return (
    <div className="flex min-w-0 flex-col gap-10">
      <ol aria-label="Conversation" className="flex min-w-0 flex-col gap-10">
        {branch.map((turn) => (
          <li
            key={turn.id}
            ref={turn === newest ? end : undefined}
            className="flex min-w-0 scroll-mt-6 flex-col gap-5 last:min-h-[calc(100dvh-18rem)] md:last:min-h-[calc(100dvh-13rem)]"
          >
            <Said
              turn={turn}
              siblings={siblingsOf(turns, turn)}
              onShow={show}
              onSayOtherwise={(words) => say(words, { insteadOf: turn })}
            />
            <AnswerView
              turn={turn}
              conversation={conversation}
              isNewest={turn === newest}
              hasModel={hasModel}
              onChange={() => setFocusWish(focusWish + 1)}
            />
          </li>
        ))}
      </ol>
      <div
        ref={composer}
        className="sticky bottom-[calc(3.25rem+env(safe-area-inset-bottom))] z-10 flex flex-col gap-3 bg-surface-0 pt-2 pb-4 md:bottom-0"
      >
        <Suggestions
          isLine
          label="Things to say next"
          words={nextWords(thread, newest)}
          onSay={(words) => say(words)}
        />
        {conversation.isFull ? (
          <Notice kind="info">{`This conversation has its ${MOST_TURNS} turns. Begin a new one; your strategies are all in the library.`}</Notice>
        ) : (
          <Composer
            label="Say what to change, or ask"
            sendLabel="Say it"
            placeholder="Say what to change, or ask why"
            focusWish={focusWish}
            onSay={(words) => say(words)}
          />
        )}
      </div>
    </div>
  )
}
