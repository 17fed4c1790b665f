import { useState } from "react"
import { type ChatThread, describeThread, MOST_TITLE_LETTERS } from "../db/chat-thread.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { TextField } from "../ui/text-field.tsx"

/** Asks for a conversation's name. */
export function RenameThread({ thread, onClose }: { thread: ChatThread; onClose: () => void }) {
  const [title, setTitle] = useState(thread.title)
  const save = async () => {
    await describeThread(thread.id, { title: title.trim() })
    onClose()
  }
  return (
    <Dialog title="Name of the conversation" open onOpenChange={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void save())}>
        <TextField label="Name" value={title} maxLength={MOST_TITLE_LETTERS} onChange={setTitle} />
        <Button type="submit" look="primary" disabled={title.trim() === ""} className="self-end">
          Save
        </Button>
      </form>
    </Dialog>
  )
}
