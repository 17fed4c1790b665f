import { Toaster, toast } from "sonner"
import { classNames } from "./class-names.ts"

const UNDO_MS = 8000

/** Says what was done and offers to take it back; `onExpire` runs once when the chance has passed. */
export function toastWithUndo({ text, onUndo, onExpire }: { text: string; onUndo: () => void; onExpire: () => void }) {
  let undone = false
  const expire = () => !undone && onExpire()
  toast(text, {
    duration: UNDO_MS,
    action: { label: "Undo", onClick: () => ((undone = true), onUndo()) },
    onAutoClose: expire,
    onDismiss: expire,
  })
}

/** Says that a newer version of the app waits; it stays until the person takes it or sends it away. */
export function offerNewVersion(useIt: () => void) {
  toast("A newer Candlewright is ready. Your data stays as it is.", { duration: Infinity, closeButton: true, action: { label: "Use it", onClick: useIt } })
}

/** Where toasts appear; one for the whole app. */
export function Toasts({ className }: { className?: string }) {
  return (
    <Toaster
      position="bottom-center"
      className={classNames("pointer-events-auto", className)}
      offset={{ bottom: 16 }}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full items-center justify-between gap-4 rounded-md border border-line bg-surface-1 px-4 py-3 text-sm text-ink-strong shadow-floating",
          actionButton: "shrink-0 rounded-sm px-2 py-1 font-semibold text-accent hover:bg-surface-2",
        },
      }}
    />
  )
}
