import { useState } from "react"
import { useMe } from "../relay-client/me.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { releaseKill, stopEverything } from "./kill.ts"

/** Whoever may trade may stop everything; what is stopped, an owner lets go. */
const releaseNot = {
  viewer: "An owner of this relay releases it.",
  trader: "An owner of this relay releases it.",
  owner: undefined,
}

export type KillDialogProps = { isOn: boolean; onClose: () => void }

/** Asks before the kill switch is turned, and says what it leaves alone. */
export function KillDialog(props: KillDialogProps) {
  const { onClose } = props
  const { problem, isDoing, doing } = useDoing()
  // It does what it asked: a switch turned elsewhere must not turn the button under the finger into its opposite.
  const [isOn] = useState(props.isOn)
  const role = useMe()?.role ?? "owner"
  const mayNot = isOn
    ? releaseNot[role]
    : role === "viewer"
      ? "You are here to look: a trader or the owner can do this."
      : undefined
  const act = async () => {
    await (isOn ? releaseKill() : stopEverything())
    onClose()
  }
  return (
    <Dialog title={isOn ? "Everything is stopped" : "Stop everything?"} open onOpenChange={onClose}>
      <div className="flex flex-col gap-4">
        <p>
          {isOn
            ? "Nothing that adds risk leaves this computer, on any account, until you release it. Buy orders that wait at an exchange are cancelled."
            : "From this moment on, nothing is bought, on any account, by bots or by hand, until you release it. Buy orders that wait at an exchange are cancelled within ten seconds."}
        </p>
        <p className="text-ink-soft">
          What bots own stays, with its stops at the exchange, and they still sell by their rules. To sell at once, open
          a bot and press “Sell all”.
        </p>
        {mayNot !== undefined && <Notice kind="warn">{mayNot}</Notice>}
        {problem !== undefined && (
          <Notice kind="error">
            {problem} Without it, <code className="font-mono">npx candlewright kill</code> in a terminal does the same.
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button look={isOn ? "quiet" : "danger"} disabled={isDoing || mayNot !== undefined} onClick={doing(act)}>
            {isOn ? "Release it" : "Stop everything"}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
