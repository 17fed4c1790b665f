import { createFileRoute } from "@tanstack/react-router"
import { RunsScreen } from "../result/runs/runs-screen.tsx"

export const Route = createFileRoute("/library/runs")({ component: RunsScreen })
