import { createFileRoute } from "@tanstack/react-router"
import { EventsScreen } from "../bots/events-screen.tsx"

export const Route = createFileRoute("/bots/events")({ component: EventsScreen })
