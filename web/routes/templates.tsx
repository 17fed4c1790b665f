import { createFileRoute } from "@tanstack/react-router"
import { TemplatesScreen, type TemplatesSearch } from "../strategy/templates-screen.tsx"

export const Route = createFileRoute("/templates")({
  // Read again by the screen: what a person typed into the address must not break the way to it.
  validateSearch: (search: Record<string, unknown>) => search as TemplatesSearch,
  component: Templates,
})

function Templates() {
  const navigate = Route.useNavigate()
  return (
    <TemplatesScreen search={Route.useSearch()} onChange={(search) => void navigate({ search, resetScroll: false })} />
  )
}
