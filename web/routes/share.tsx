import { createFileRoute } from "@tanstack/react-router"
import { ShareScreen } from "../strategy/library/share-screen.tsx"

export const Route = createFileRoute("/share")({ component: ShareScreen })
