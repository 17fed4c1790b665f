import { Outlet } from "@tanstack/react-router"
import { lazy, Suspense, useRef, useState, useSyncExternalStore } from "react"
import { Toasts } from "../ui/toast.tsx"
import { Navigation } from "./navigation.tsx"
import { useDroppedStrategies } from "./use-dropped-strategies.ts"
import { useFocusOnScreen } from "./use-focus-on-screen.ts"
import { useShortcut } from "../ui/use-shortcut.ts"

// A key opens both: the first picture need not wait for them.
const ShortcutsDialog = lazy(async () => ({ default: (await import("./shortcuts-dialog.tsx")).ShortcutsDialog }))
const CommandPalette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }))

// The service worker has it when the network is away; without one, the screen goes on without the words.
const OfflineNotice = lazy(async () => ({
  default: await import("./offline-notice.tsx").then(
    (part) => part.OfflineNotice,
    () => () => null,
  ),
}))

/** The frame around every screen: navigation, one place for toasts, and the keys that work everywhere. */
export function AppShell() {
  const [palette, setPalette] = useState(false)
  const [shortcuts, setShortcuts] = useState(false)
  const screen = useRef<HTMLElement>(null)
  const isOnline = useSyncExternalStore(onNetwork, () => navigator.onLine)
  useFocusOnScreen(screen)
  useShortcut("mod+k", () => setPalette(true))
  useDroppedStrategies()
  useShortcut("?", () => setShortcuts(true))
  return (
    <div className="flex min-h-dvh flex-col md:flex-row">
      <a
        href="#screen"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-surface-1 focus:px-3 focus:py-2"
      >
        Skip to the screen
      </a>
      <Navigation />
      <main
        ref={screen}
        id="screen"
        tabIndex={-1}
        className="min-w-0 grow px-4 pt-4 pb-24 outline-none md:px-8 md:pt-6 md:pb-10"
      >
        <div className="mx-auto flex max-w-300 flex-col gap-6">
          {!isOnline && (
            <Suspense>
              <OfflineNotice />
            </Suspense>
          )}
          <div id="above-screen" className="empty:hidden" />
          <Outlet />
        </div>
      </main>
      <Toasts />
      {shortcuts && (
        <Suspense>
          <ShortcutsDialog open onOpenChange={setShortcuts} />
        </Suspense>
      )}
      {palette && (
        <Suspense>
          <CommandPalette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  )
}

function onNetwork(listener: () => void): () => void {
  addEventListener("online", listener)
  addEventListener("offline", listener)
  return () => {
    removeEventListener("online", listener)
    removeEventListener("offline", listener)
  }
}
