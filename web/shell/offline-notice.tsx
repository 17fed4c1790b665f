import { useRouterState } from "@tanstack/react-router"
import { Notice } from "../ui/notice.tsx"

/** Shown while the network is away, because people then wonder what still works: on each screen, what does and what waits. */
export function OfflineNotice() {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return <Notice kind="info">{offlineWords(path)}</Notice>
}

/** What being offline means on the screen at this address. */
export function offlineWords(path: string): string {
  if (path.startsWith("/watch"))
    return "You are offline. Prices stay as they were, and continue by themselves when the network is back. The Practice exchange on this computer needs none."
  if (path.startsWith("/signals"))
    return "You are offline. What is said of kept candles is computed in this browser; live markets go on when the network is back."
  if (path.startsWith("/data"))
    return "You are offline. Your candles are in this browser: looking at them, files in and out, and made-up markets work. Downloads wait for the network and lose nothing."
  if (path.startsWith("/library"))
    return "You are offline. Your library is in this browser: everything on this screen works, links and files too."
  if (path.startsWith("/bots") || path.startsWith("/accounts"))
    return "You are offline. What trades on the Practice exchange goes on. At a real exchange nothing new is sent until the network is back, and stops that are there stay."
  if (path.startsWith("/settings")) return "You are offline. Everything on this screen works; nothing is lost."
  return "You are offline. Your candles are in this browser, so tests run as always."
}
