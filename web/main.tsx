import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { watchFailedWrites } from "./db/unavailable.ts"
import { firstRunEnded, warmUpBacktests } from "./run/use-run.ts"
import { goOnWithDownloads } from "./market/download/go-on-with-downloads.ts"
import { keepForOffline } from "./offline.ts"
import { router } from "./router.ts"
import { watchLeftChanges } from "./strategy/library/left-changes.ts"
import { applyPreferences } from "./settings/preferences.ts"
import { offerNewVersion, sayAside } from "./ui/toast.tsx"
import "./style.css"

applyPreferences()
if (location.pathname === "/" || location.pathname === "/backtest") warmUpBacktests()
if (location.hash.startsWith("#pair="))
  void import("./settings/pair-from-address.ts").then(async ({ pairFromAddress }) => {
    await pairFromAddress()
    await router.navigate({ to: "/settings", hash: "devices", replace: true })
  })
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
void keepForOffline(offerNewVersion)
watchLeftChanges()
watchFailedWrites((because) => void sayAside(because))
void goOnWithDownloads(location.pathname === "/" ? firstRunEnded : undefined)
