import { createFileRoute } from "@tanstack/react-router"
import { RunPage } from "../result/runs/run-page.tsx"

export const Route = createFileRoute("/library/run/$runId")({ component: Run })

function Run() {
  const { runId } = Route.useParams()
  return <RunPage key={runId} runId={runId} />
}
