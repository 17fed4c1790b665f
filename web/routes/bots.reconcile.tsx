import { createFileRoute } from "@tanstack/react-router"
import { InboxScreen } from "../bots/inbox-screen.tsx"

export const Route = createFileRoute("/bots/reconcile")({ component: InboxScreen })
