import type { MiddlewareHandler } from "hono"
import { Refusal } from "./refusal.ts"

/** Refuses an address with a NUL in it, which no name or number has and no database takes. */
export function plainAddressesOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.raw.url.includes("%00")) throw nul
    return next()
  }
}

const nul = new Refusal(
  400,
  "bad-address",
  "This address has a NUL character in it, which names nothing. Nothing was done.",
)
