import { createFileRoute } from "@tanstack/react-router"
import { DeployScreen } from "../bots/deploy-screen.tsx"
import type { DeploySearch } from "../bots/strategy-to-run.ts"

export const Route = createFileRoute("/bots/deploy")({
  // The screen reads this again: a person's typing in the address must not break the route.
  validateSearch: (search: Record<string, unknown>) => search as DeploySearch,
  component: Deploy,
})

function Deploy() {
  const search = Route.useSearch()
  return <DeployScreen key={`${search.strategy} ${search.params}`} search={search} />
}
