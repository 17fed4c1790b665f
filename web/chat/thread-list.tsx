import { Link } from "@tanstack/react-router"
import { Ellipsis, Pencil, Trash2 } from "lucide-react"
import { useDeferredValue, useEffect, useState } from "react"
import { plainText } from "#engine/candles"
import { type ChatThread, describeThread, listThreads, purgeLeftThreads, purgeThread } from "../db/chat-thread.ts"
import { threadsWithWords } from "../db/chat-turn.ts"
import { useKept } from "../db/use-kept.ts"
import { usePreferences } from "../settings/index.ts"
import { IconButton } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Menu } from "../ui/menu.tsx"
import { Notice } from "../ui/notice.tsx"
import { TextField } from "../ui/text-field.tsx"
import { toastWithUndo } from "../ui/toast.tsx"
import { RenameThread } from "./rename-thread.tsx"

/** Longer than the chance to undo, so that a second window does not purge what the first may still bring back. */
const UNDO_PASSED_MS = 30_000

/** So few are seen at a glance. */
const FEW = 3

type ThreadListProps = { shownId: string; onDeleted: (id: string) => void; onOpened?: () => void }

/** The conversations of this browser: open one, find one by what was said in it, name it, throw it away. */
export function ThreadList({ shownId, onDeleted, onOpened }: ThreadListProps) {
  const [words, setWords] = useState("")
  const wanted = useDeferredValue(words.trim())
  const threads = useKept(listThreads)
  const found = useKept(async () => (wanted === "" ? undefined : threadsWithWords(wanted)), [wanted])
  useEffect(() => {
    purgeLeftThreads(Date.now() - UNDO_PASSED_MS).catch(() => {}) // nothing is kept here, so nothing is left over
  }, [])
  if (threads.state === "unavailable") return <Notice kind="info">{threads.because}</Notice>
  if (threads.state === "loading" || threads.value.length === 0) return null
  const inText = found.state === "ready" ? found.value : undefined
  const shown = threads.value.filter(
    ({ id, title }) => wanted === "" || inText?.has(id) || title.toLowerCase().includes(wanted.toLowerCase()),
  )
  return (
    <section aria-label="Conversations" className="flex min-w-0 flex-col gap-3">
      {threads.value.length > FEW && (
        <TextField label="Search what was said" type="search" value={words} onChange={setWords} />
      )}
      {shown.length === 0 && <p className="text-sm text-ink-soft">Nothing of that was said.</p>}
      <ul className="flex flex-col">
        {shown.map((thread) => (
          <ThreadRow
            key={thread.id}
            thread={thread}
            isShown={thread.id === shownId}
            onDeleted={onDeleted}
            onOpened={onOpened}
          />
        ))}
      </ul>
    </section>
  )
}

type ThreadRowProps = { thread: ChatThread; isShown: boolean } & Pick<ThreadListProps, "onDeleted" | "onOpened">

function ThreadRow({ thread, isShown, onDeleted, onOpened }: ThreadRowProps) {
  const { timeZone } = usePreferences()
  const [isNaming, setNaming] = useState(false)
  const title = plainText(thread.title)
  const icon = "size-4 text-ink-soft"
  const remove = async () => {
    await describeThread(thread.id, { deletedAtMs: Date.now() })
    onDeleted(thread.id)
    void toastWithUndo({
      text: "Conversation deleted.",
      onUndo: () => void describeThread(thread.id, { deletedAtMs: undefined }),
      onExpire: () => void purgeThread(thread.id),
    })
  }
  return (
    <li className="flex items-center gap-1 border-t border-line">
      <Link
        to="/chat"
        search={{ thread: thread.id }}
        aria-current={isShown ? "true" : undefined}
        onClick={onOpened}
        className="min-w-0 grow rounded-sm py-2 pl-2 text-ink hover:text-ink-strong aria-[current=true]:border-l-2 aria-[current=true]:border-accent aria-[current=true]:font-medium aria-[current=true]:text-ink-strong"
      >
        <span className="line-clamp-2 wrap-anywhere">
          <bdi>{title}</bdi>
        </span>
        <span className="block text-xs text-ink-soft">{formatDateTime(thread.changedAtMs, timeZone)}</span>
      </Link>
      <Menu
        items={[
          { label: "Rename", icon: <Pencil aria-hidden className={icon} />, onSelect: () => setNaming(true) },
          { label: "Delete", icon: <Trash2 aria-hidden className={icon} />, onSelect: () => void remove() },
        ]}
      >
        <IconButton label={`More for ${title}`}>
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      </Menu>
      {isNaming && <RenameThread thread={thread} onClose={() => setNaming(false)} />}
    </li>
  )
}
