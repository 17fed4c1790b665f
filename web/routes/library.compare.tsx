import { createFileRoute } from "@tanstack/react-router"
import { CompareScreen } from "../result/runs/compare-screen.tsx"

export const Route = createFileRoute("/library/compare")({
  // Read again by the screen: what a person typed into the address must not break the way to it.
  validateSearch: (search: Record<string, unknown>) => search as { runs?: string },
  component: Compare,
})

function Compare() {
  return <CompareScreen runs={Route.useSearch().runs} />
}
