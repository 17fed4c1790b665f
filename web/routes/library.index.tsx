import { createFileRoute } from "@tanstack/react-router"
import { LibraryScreen } from "../strategy/library/library-screen.tsx"

export const Route = createFileRoute("/library/")({ component: LibraryScreen })
