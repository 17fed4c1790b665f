import { createRouter } from "@tanstack/react-router"
import { parseSearch, searchText } from "./search-text.ts"
import { routeTree } from "./route-tree.gen.ts"

/** The app's addresses. Each screen's chunk is fetched when a link to it is about to be pressed. */
export const router = createRouter({ routeTree, parseSearch, stringifySearch: searchText, defaultPreload: "intent", scrollRestoration: true })

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
