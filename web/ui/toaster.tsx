import { useEffect } from "react"
import { Toaster as Sonner } from "sonner"

export { toast } from "sonner"

/** Where toasts appear; one for the whole app. `onReady`: from now on no toast is missed. */
export function Toaster({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady])
  return (
    <Sonner
      position="bottom-center"
      className="pointer-events-auto"
      offset={{ bottom: "calc(16px + var(--toasts-bottom, 0px))" }}
      mobileOffset={{ bottom: "calc(72px + var(--toasts-bottom, 0px))" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center justify-between gap-4 rounded-md border border-line bg-surface-1 px-4 py-3 text-sm text-ink-strong shadow-floating",
          actionButton: "shrink-0 rounded-sm px-2 py-1 font-semibold text-accent hover:bg-surface-2",
        },
      }}
    />
  )
}
