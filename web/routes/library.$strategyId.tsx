import { createFileRoute } from "@tanstack/react-router"
import { StrategyPage } from "../strategy/library/strategy-page.tsx"

export const Route = createFileRoute("/library/$strategyId")({ component: Strategy })

function Strategy() {
  const { strategyId } = Route.useParams()
  return <StrategyPage key={strategyId} strategyId={strategyId} />
}
