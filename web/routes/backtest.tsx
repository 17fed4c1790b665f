import { createFileRoute } from "@tanstack/react-router"
import { BacktestScreen, type SetupSearch } from "../result/index.ts"

export const Route = createFileRoute("/backtest")({
  // The screen reads these texts again: a person's typing in the address must not break the route.
  validateSearch: (search: Record<string, unknown>) => search as SetupSearch,
  component: Backtest,
})

function Backtest() {
  const navigate = Route.useNavigate()
  return (
    <BacktestScreen
      search={Route.useSearch()}
      onChange={(search, { replace }) => void navigate({ search, replace, resetScroll: false })}
    />
  )
}
