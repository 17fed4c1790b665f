import type { apiRoutes } from "./app.ts"

/** All the web may know of the relay: the addresses and shapes of its HTTP API. */
export type Api = ReturnType<typeof apiRoutes>
