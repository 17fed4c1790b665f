import { createFileRoute } from "@tanstack/react-router"
import { ModelsScreen, type ModelsSearch } from "../signals/models/models-screen.tsx"

export const Route = createFileRoute("/signals/models")({
  // The screen reads these texts again: a person's typing in the address must not break the route.
  validateSearch: (search: Record<string, unknown>) => search as ModelsSearch,
  component: Models,
})

function Models() {
  const navigate = Route.useNavigate()
  return <ModelsScreen search={Route.useSearch()} onChange={(search) => void navigate({ search })} />
}
