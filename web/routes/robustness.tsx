import { createFileRoute } from "@tanstack/react-router"
import { RobustnessScreen } from "../robustness/robustness-screen.tsx"
import type { SetupSearch } from "../run/run-setup.ts"

export const Route = createFileRoute("/robustness")({
  // The screen reads these texts again: a person's typing in the address must not break the route.
  validateSearch: (search: Record<string, unknown>) => search as SetupSearch,
  component: Robustness,
})

function Robustness() {
  return <RobustnessScreen search={Route.useSearch()} />
}
