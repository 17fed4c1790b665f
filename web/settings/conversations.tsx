import { useRef, useState } from "react"
import { bringBackConversations, conversationsText, MOST_CONVERSATION_BYTES } from "../db/conversation-file.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatBytes, formatCount } from "../ui/number-format.ts"
import { saveFile } from "../ui/save-file.ts"

/** What was said in the chat as a file, and back again. */
export function Conversations() {
  const input = useRef<HTMLInputElement>(null)
  const [news, setNews] = useState<{ kind: "info" | "error"; text: string }>()
  const bring = async (file: File | undefined) => {
    if (file) setNews(await broughtBack(file))
  }
  const save = () =>
    conversationsText().then(
      (text) => saveFile("candlewright-conversations.json", text, "application/json"),
      (error: unknown) => setNews({ kind: "error", text: unavailableBecause(error) }),
    )
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="max-w-[72ch] text-ink-soft">
        What you said in the chat is in this browser only. Save it as a file, and bring it back here or in another
        browser; strategies and runs have a file of their own in the library.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void save()}>Save conversations</Button>
        <Button onClick={() => input.current?.click()}>Bring conversations back</Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label="File of conversations"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void bring(event.target.files?.[0])
            event.target.value = ""
          }}
        />
      </div>
      {news && <Notice kind={news.kind}>{news.text}</Notice>}
    </div>
  )
}

async function broughtBack(file: File): Promise<{ kind: "info" | "error"; text: string }> {
  if (file.size > MOST_CONVERSATION_BYTES)
    return {
      kind: "error",
      text: `It is too large: ${formatBytes(file.size)}, at most ${formatBytes(MOST_CONVERSATION_BYTES)}. Nothing was taken.`,
    }
  try {
    const read = await bringBackConversations(await file.text())
    if (!read.ok) return { kind: "error", text: read.because }
    const { added, known, damaged } = read
    const words = [
      `${formatCount(added, "conversation")} came back.`,
      ...(known > 0 ? [`${formatCount(known, "conversation")} stayed as they are here, or found no room.`] : []),
      ...(damaged > 0 ? [`${formatCount(damaged, "conversation")} cannot be read and were left out.`] : []),
    ]
    return { kind: "info", text: words.join(" ") }
  } catch (error) {
    return { kind: "error", text: unavailableBecause(error) }
  }
}
