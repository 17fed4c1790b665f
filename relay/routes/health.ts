import { Hono } from "hono"

/** `GET /api/health`: that the relay answers, and which version it is. */
export function healthRoutes(version: string) {
  return new Hono().get("/", (c) => c.json({ ok: true, version }))
}
