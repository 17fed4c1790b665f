import { useState } from "react"
import { type KeptStrategy, tagLimits } from "../../db/kept-strategy.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { describeWithUndo, withName } from "./library-actions.ts"

/** Asks for a strategy's name and its tags. */
export function RenameDialog({ strategy, onClose }: { strategy: KeptStrategy; onClose: () => void }) {
  const [name, setName] = useState(strategy.draft.name)
  const [tags, setTags] = useState(strategy.tags.join(", "))
  const isSeen = /[^\s\p{C}\p{M}]/u.test(name)
  const save = async () => {
    await describeWithUndo(strategy, withName(strategy.draft, name.replaceAll(/\p{Cc}/gu, "")), tags.split(","))
    onClose()
  }
  return (
    <Dialog title="Name and tags" open onOpenChange={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void save())}>
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          problem={isSeen ? undefined : "Write at least one letter that can be seen."}
          onChange={setName}
        />
        <TextField
          label={`Tags, with commas between them; at most ${tagLimits.count}`}
          value={tags}
          maxLength={tagLimits.count * (tagLimits.letters + 2)}
          autoComplete="off"
          onChange={setTags}
        />
        <Button type="submit" look="primary" disabled={!isSeen} className="self-end">
          Save
        </Button>
      </form>
    </Dialog>
  )
}
