import type { apiRoutes } from "./app.ts"

/** Everything the web knows about the relay: the addresses and shapes of its HTTP API. */
export type Api = ReturnType<typeof apiRoutes>
