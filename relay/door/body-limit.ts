import type { Context, MiddlewareHandler } from "hono"
import { Refusal } from "./refusal.ts"

const maxBodyBytes = 256 * 1024

/**
 * Accepts bodies of at most 256 KiB by the length they declare; Node enforces that length. Browsers always declare
 * it.
 */
export function bodyLimit(refuse: (c: Context, refusal: Refusal) => Response): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header("transfer-encoding") !== undefined) return refuse(c, withoutLength)
    return Number(c.req.header("content-length") ?? 0) > maxBodyBytes ? refuse(c, tooLarge) : next()
  }
}

const withoutLength = new Refusal(411, "no-length", "Say how long this request is: send it with Content-Length.")
const tooLarge = new Refusal(413, "too-large", "This request is larger than 256 KiB. Send less at once.")
