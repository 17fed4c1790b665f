import type { MiddlewareHandler } from "hono"
import { Refusal } from "./refusal.ts"

/** Refuses a question with a NUL in it, which no name or number has and no database takes; an id with one is unknown. */
export function plainAddressesOnly(): MiddlewareHandler {
  return async (c, next) => {
    if (/\?.*%00/.test(c.req.raw.url)) throw nul
    return next()
  }
}

const nul = new Refusal(
  400,
  "bad-address",
  "This address has a NUL character in it, which names nothing. Nothing was done.",
)
