import { createFileRoute } from "@tanstack/react-router"
import { WatchScreen, type WatchSearch } from "../watch/index.ts"

export const Route = createFileRoute("/watch")({
  // The screen reads this again: a person's typing in the address must not break the route.
  validateSearch: (search: Record<string, unknown>) => search as WatchSearch,
  component: Watch,
})

function Watch() {
  const navigate = Route.useNavigate()
  return <WatchScreen search={Route.useSearch()} onChange={(search) => void navigate({ search, resetScroll: false })} />
}
