import type { MiddlewareHandler } from "hono"
import { Refusal } from "./refusal.ts"

/** Refuses an address with a NUL in it, which no name or number has and no database takes. */
export function plainAddressesOnly(): MiddlewareHandler {
  return async (c, next) => {
    const [path, query = ""] = c.req.raw.url.split("?")
    if (path.includes("%00")) throw new Refusal(404, "unknown-address", "There is nothing at this address.")
    if (query.includes("%00")) throw nul
    return next()
  }
}

const nul = new Refusal(
  422,
  "not-valid",
  "This address has a NUL character in it, which names nothing. Nothing was done.",
)
