import { createRouter } from "@tanstack/react-router"
import { parseSearch, searchText } from "./search-text.ts"
import { routeTree } from "./route-tree.gen.ts"
import { Failure, NotFound } from "./shell/index.ts"

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
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
})

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
