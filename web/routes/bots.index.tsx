import { createFileRoute } from "@tanstack/react-router"
import { BotsScreen } from "../bots/bots-screen.tsx"

export const Route = createFileRoute("/bots/")({ component: BotsScreen })
