import { createFileRoute } from "@tanstack/react-router"
import { SignalsPanel, type SignalsSearch } from "../signals/panel/signals-panel.tsx"

export const Route = createFileRoute("/signals/")({
  // The screen reads this again: a person's typing in the address must not break the route.
  validateSearch: ({ market, timeframe }: Record<string, unknown>): SignalsSearch => ({
    ...(typeof market === "string" && { market }),
    ...(typeof timeframe === "string" && { timeframe }),
  }),
  component: Signals,
})

function Signals() {
  const navigate = Route.useNavigate()
  return (
    <SignalsPanel search={Route.useSearch()} onChange={(search) => void navigate({ search, resetScroll: false })} />
  )
}
