import { useState } from "react"
import type { SealedKey } from "../../db/model-settings.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { unsealKey } from "../llm/model-key.ts"

/** Asks for the passphrase of a sealed key; it is then open until the window closes. */
export function UnlockKey({ sealed, onClose }: { sealed: SealedKey; onClose: () => void }) {
  const [passphrase, setPassphrase] = useState("")
  const [problem, setProblem] = useState<string>()
  const open = async () => {
    if (await unsealKey(sealed, passphrase)) onClose()
    else setProblem("This is not the passphrase of this key. Nothing was lost; try again, or set the model up anew.")
  }
  return (
    <Dialog title={`Open the key that ends in ${sealed.last}`} open onOpenChange={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void open())}>
        <TextField
          label="Passphrase"
          type="password"
          autoComplete="current-password"
          value={passphrase}
          problem={problem}
          onChange={setPassphrase}
        />
        <Button type="submit" look="primary" disabled={passphrase === ""} className="self-end">
          Open it
        </Button>
      </form>
    </Dialog>
  )
}
