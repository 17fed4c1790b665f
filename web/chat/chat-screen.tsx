import { useRouterState } from "@tanstack/react-router"
import { MessagesSquare, Plus } from "lucide-react"
import { type ReactNode, useEffect, useState } from "react"
import { plainText } from "#engine/candles"
import { useMarkets } from "../market/index.ts"
import { usualCash } from "../run/usual-cash.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { useUndoKey } from "../ui/use-undo-key.ts"
import { ConversationView } from "./conversation-view.tsx"
import { warmUpReader } from "./idea-reader.ts"
import { ModelLink } from "./model-link.tsx"
import { Start } from "./start.tsx"
import { SubjectLine } from "./subject-line.tsx"
import { ThreadList } from "./thread-list.tsx"
import { useConversation } from "./use-conversation.ts"
import { useFirstWords } from "./use-first-words.ts"
import { Wizard } from "./wizard.tsx"

/** `say`: what the person wrote elsewhere, said at once. */
export type ChatSearch = { thread?: string; say?: string }

type ChatScreenProps = { search: ChatSearch; onChange: (search: ChatSearch, how: { replace: boolean }) => void }

/** A conversation that builds a strategy, and the conversations before it. */
export function ChatScreen({ search, onChange }: ChatScreenProps) {
  const begun = useBegunId(search.thread)
  const threadId = search.thread ?? begun
  const [isListed, setListed] = useState(false)
  useUndoKey()
  useEffect(warmUpReader, [])
  const begin = () => {
    setListed(false)
    onChange({}, { replace: false })
  }
  const list = (
    <ThreadList shownId={threadId} onDeleted={(id) => id === threadId && begin()} onOpened={() => setListed(false)} />
  )
  return (
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_16rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <OpenConversation
          key={threadId}
          threadId={threadId}
          first={search.say}
          onBegun={() => onChange({ thread: threadId }, { replace: true })}
          actions={
            <div className="flex min-w-0 items-center gap-1">
              <ModelLink />
              <Button
                icon={<MessagesSquare aria-hidden className="size-4" />}
                className="lg:hidden"
                onClick={() => setListed(true)}
              >
                <span className="max-md:sr-only">Conversations</span>
              </Button>
              {search.thread !== undefined && (
                <Button icon={<Plus aria-hidden className="size-4" />} onClick={begin}>
                  <span className="max-md:sr-only">New</span>
                </Button>
              )}
            </div>
          }
        />
      </div>
      <div className="max-lg:hidden lg:sticky lg:top-6">{list}</div>
      {isListed && (
        <Dialog title="Conversations" open onOpenChange={setListed}>
          {list}
        </Dialog>
      )}
    </div>
  )
}

/** The id of the conversation that begins where none is open; another one each time. */
function useBegunId(openId: string | undefined): string {
  const [begun, setBegun] = useState(() => ({ id: crypto.randomUUID(), isOpened: false }))
  if (openId === begun.id && !begun.isOpened) setBegun({ ...begun, isOpened: true })
  if (openId === undefined && begun.isOpened) setBegun({ id: crypto.randomUUID(), isOpened: false })
  return begun.id
}

type OpenConversationProps = {
  threadId: string
  first: string | undefined
  onBegun: () => void
  actions: ReactNode
}

function OpenConversation({ threadId, first, onBegun, actions }: OpenConversationProps) {
  const { timeZone: zone } = usePreferences()
  const subject = useRouterState({ select: ({ location }) => location.state.subject })
  const saved = useMarkets()
  const markets = saved.state === "ready" ? saved.value : []
  const conversation = useConversation(
    { threadId, subject },
    { markets, balanceQuote: String(usualCash(undefined)), zone },
  )
  const [isAsked, setAsked] = useState(false)
  const { branch, thread, isLoading, unsaved } = conversation
  const say = (words: string) => {
    conversation.say(words)
    onBegun()
  }
  useFirstWords(first, isLoading, say)
  const isStart = !isAsked && !isLoading && branch.length === 0 && first === undefined && !thread.subject
  return (
    <>
      <title>{`${thread.title === "" ? "Chat" : plainText(thread.title, 60)} · Candlewright`}</title>
      <header className="flex min-h-10 items-center justify-between gap-4 md:min-h-8">
        {isStart ? <span /> : <h1 className="shrink-0 text-base font-semibold whitespace-nowrap">Chat</h1>}
        {actions}
      </header>
      {unsaved !== undefined && <Notice kind="warn">{unsaved}</Notice>}
      {thread.subject && <SubjectLine subject={thread.subject} />}
      {isAsked ? (
        <Wizard
          own={markets.map(({ name }) => name)}
          onLeave={() => setAsked(false)}
          onSay={(words) => {
            setAsked(false)
            say(words)
          }}
        />
      ) : isStart ? (
        <Start onSay={say} onWizard={() => setAsked(true)} />
      ) : (
        !isLoading && <ConversationView conversation={conversation} />
      )}
    </>
  )
}
