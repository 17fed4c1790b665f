import { createFileRoute } from "@tanstack/react-router"
import { ModelsScreen } from "../chat/models/models-screen.tsx"

export const Route = createFileRoute("/chat/models")({ component: ModelsScreen })
