import { createRootRoute } from "@tanstack/react-router"
import { AppShell, Failure, NotFound } from "../shell/index.ts"

export const Route = createRootRoute({ component: AppShell, errorComponent: Failure, notFoundComponent: NotFound })
