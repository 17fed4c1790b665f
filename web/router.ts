import { createRouter } from "@tanstack/react-router"
import { parseSearch, searchText } from "./search-text.ts"
import { routeTree } from "./route-tree.gen.ts"
import { Coming, Failure, NotFound } from "./shell/index.ts"

const SOON_MS = 60

/**
 * The app's addresses. Each screen's chunk is fetched when a link to it is about to be pressed; a screen that breaks
 * leaves the ways to the others intact.
 */
export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch: searchText,
  defaultPreload: "intent",
  scrollRestoration: true,
  // The frame is painted while a screen's code is on its way; a screen that is there soon takes the place of another.
  defaultPendingComponent: Coming,
  defaultPendingMs: SOON_MS,
  defaultPendingMinMs: 0,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
})

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
