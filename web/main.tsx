import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { keepForOffline } from "./offline.ts"
import { router } from "./router.ts"
import { applyPreferences } from "./settings/preferences.ts"
import { toastNewVersion } from "./ui/toast.tsx"
import "./style.css"

applyPreferences()
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
void keepForOffline(toastNewVersion)
