import { OctagonX } from "lucide-react"
import { useState } from "react"
import { createPortal } from "react-dom"
import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { answered, relay } from "../relay-client/relay.ts"
import { tellNews } from "../relay-client/relay-news.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"

async function askKill() {
  const answer = await answered(relay.kill.$get())
  return answer.json()
}

/** Stops whatever adds risk, on every account; in the frame of every screen of a paired browser. */
export function KillSwitch() {
  const pairing = useKept(findPairing)
  return pairing.state === "ready" && pairing.value ? <Paired /> : null
}

function Paired() {
  const watched = useWatched(askKill)
  const [isAsking, setAsking] = useState(false)
  const isOn = watched.state === "ready" && watched.value.isOn
  const above = document.getElementById("above-screen")
  return (
    <>
      <button
        type="button"
        aria-label={isOn ? "Stop is on: everything that adds risk is stopped" : "Stop everything"}
        aria-pressed={isOn}
        onClick={() => setAsking(true)}
        className="flex grow flex-col items-center gap-0.5 rounded-md py-2 text-xs text-loss transition-colors hover:bg-surface-2 md:mt-auto md:grow-0 md:flex-row md:gap-3 md:px-2 md:py-1.5 md:text-sm"
      >
        <OctagonX aria-hidden className="size-5 md:size-4" />
        <span>
          Stop <span className="max-md:hidden">{isOn ? "is on" : "everything"}</span>
        </span>
      </button>
      {isAsking && <KillDialog isOn={isOn} onClose={() => setAsking(false)} />}
      {isOn && above && createPortal(<KillBanner />, above)}
    </>
  )
}

async function turnOn() {
  await answered(relay.kill.$post())
  tellNews()
}

async function release() {
  await answered(relay.kill.$delete())
  tellNews()
}

function KillDialog({ isOn, onClose }: { isOn: boolean; onClose: () => void }) {
  const { problem, isDoing, doing } = useDoing()
  const act = async () => {
    await (isOn ? release() : turnOn())
    onClose()
  }
  return (
    <Dialog title={isOn ? "Everything is stopped" : "Stop everything?"} open onOpenChange={onClose}>
      <div className="flex flex-col gap-4">
        <p>
          {isOn
            ? "Nothing that adds risk leaves this computer, on any account, until you release it."
            : "From this moment on, no bot buys anything, on any account, until you release it."}
        </p>
        <p className="text-ink-soft">
          What bots own stays, with its stops at the exchange, and they still sell by their rules. To sell at once, open
          a bot and press “Sell all”.
        </p>
        {problem !== undefined && (
          <Notice kind="error">
            {problem} Without it, <code className="font-mono">npx candlewright kill</code> in a terminal does the same.
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button look={isOn ? "quiet" : "danger"} disabled={isDoing} onClick={doing(act)}>
            {isOn ? "Release it" : "Stop everything"}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Over every screen while it is on. */
function KillBanner() {
  const { problem, isDoing, doing } = useDoing()
  return (
    <Notice
      kind="error"
      action={
        <Button disabled={isDoing} onClick={doing(release)}>
          Release it
        </Button>
      }
    >
      The kill switch is on: nothing is bought, on any account. What bots own stays, with its stops.
      {problem !== undefined && ` ${problem}`}
    </Notice>
  )
}
