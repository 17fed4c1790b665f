import { createFileRoute } from "@tanstack/react-router"
import { BacktestScreen, type SetupSearch } from "../result/index.ts"

export const Route = createFileRoute("/backtest")({
  // Read again as texts by the screen: what a person typed into the address must not break the way to it.
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
