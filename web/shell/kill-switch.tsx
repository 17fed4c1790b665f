import { OctagonX } from "lucide-react"
import { type ComponentType, lazy, Suspense, useState } from "react"
import { createPortal } from "react-dom"
import { firstRunEnded } from "../run/use-run.ts"
import { Notice } from "../ui/notice.tsx"
import type { KillDialogProps } from "./kill-dialog.tsx"
import type { KillWatchProps } from "./kill-watch.tsx"

// The button is part of the frame. What it asks is fetched when it is pressed, and the first result does not wait for
// what the relay says of it.
const KillDialog = lazy(async (): Promise<{ default: ComponentType<KillDialogProps> }> => {
  const part = await import("./kill-dialog.tsx").catch(() => undefined)
  return { default: part?.KillDialog ?? KillMissing }
})
const KillWatch = lazy(async (): Promise<{ default: ComponentType<KillWatchProps> }> => {
  if (location.pathname === "/") await firstRunEnded
  const part = await import("./kill-watch.tsx").catch(() => undefined)
  return { default: part?.KillWatch ?? Nothing }
})

/** Stops whatever adds risk, on every account; in the frame of every screen of a paired browser. */
export function KillSwitch() {
  const [isOn, setOn] = useState(false)
  const [isAsking, setAsking] = useState(false)
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
      <Suspense>
        <KillWatch onKnown={setOn} />
      </Suspense>
      {isAsking && (
        <Suspense>
          <KillDialog isOn={isOn} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}

function Nothing() {
  return null
}

function KillMissing() {
  return createPortal(
    <Notice kind="error">
      Nothing was stopped: this part of Candlewright could not be fetched. Reload the page and press it again, or type{" "}
      <code className="font-mono">npx candlewright kill</code> in a terminal, which does the same.
    </Notice>,
    document.getElementById("above-screen")!,
  )
}
