import type { MiddlewareHandler } from "hono"

/** Why we do not read a body: an HTTP status and a sentence for the person. */
export type BodyRefusal = { status: 411 | 413; sentence: string }

const maxBodyBytes = 256 * 1024

/**
 * Accepts bodies of at most 256 KiB by the length they declare; Node enforces that length. Browsers always declare
 * it.
 */
export function bodyLimit(
  refuse: (c: Parameters<MiddlewareHandler>[0], refusal: BodyRefusal) => Response,
): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header("transfer-encoding") !== undefined)
      return refuse(c, { status: 411, sentence: "Say how long this request is: send it with Content-Length." })
    const isLarge = Number(c.req.header("content-length") ?? 0) > maxBodyBytes
    return isLarge
      ? refuse(c, { status: 413, sentence: "This request is larger than 256 KiB. Send less at once." })
      : next()
  }
}
