import { lazy, Suspense, useSyncExternalStore } from "react"
import { offerUndo } from "./undo-offer.ts"

const UNDO_MS = 8000

/** Announces an action and offers to undo it; `onExpire` runs once when the time has passed. */
export async function toastWithUndo({
  text,
  onUndo,
  onExpire,
}: {
  text: string
  onUndo: () => void
  onExpire: () => void
}) {
  const offer = offerUndo(() => (hide(), onUndo()), onExpire)
  let hide = () => {}
  const { toast } = await fetchToaster()
  if (!offer.isOpen()) return
  const id = toast(text, {
    duration: UNDO_MS,
    action: { label: "Undo", onClick: offer.takeBack },
    onAutoClose: offer.expire,
    onDismiss: offer.expire,
  })
  hide = () => toast.dismiss(id)
}

/** Says something about what was just done; it stays until it is read, and the next one takes its place. */
export async function sayAside(text: string) {
  const { toast } = await fetchToaster()
  toast(text, { id: "aside", duration: Infinity, closeButton: true })
}

/** Announces that a newer version of the app waits; it stays until the person takes it or dismisses it. */
export async function offerNewVersion(useIt: () => void) {
  const { toast } = await fetchToaster()
  toast("A newer Candlewright is ready. Your data stays as it is.", {
    duration: Infinity,
    closeButton: true,
    action: { label: "Use it", onClick: useIt },
  })
}

/** Where toasts appear; one for the whole app. Its code is fetched with the first toast: most visits have none. */
export function Toasts() {
  const wanted = useSyncExternalStore(subscribe, () => isWanted)
  return (
    wanted && (
      <Suspense>
        <Toaster onReady={markReady} />
      </Suspense>
    )
  )
}

const Toaster = lazy(async () => ({ default: (await import("./toaster.tsx")).Toaster }))

let isWanted = false
const listeners = new Set<() => void>()
let markReady = () => {}
const ready = new Promise<void>((resolve) => (markReady = resolve))

/** Mounts the place for toasts and waits for it: an earlier toast would be lost. */
async function fetchToaster() {
  isWanted = true
  for (const listener of listeners) listener()
  await ready
  return import("./toaster.tsx")
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
