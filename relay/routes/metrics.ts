import { Hono } from "hono"
import type { Metrics } from "../metrics.ts"

/** `GET /api/metrics`: the relay's figures in Prometheus' text format. */
export function metricsRoutes(metrics: Metrics) {
  return new Hono().get("/metrics", async (c) => {
    c.header("content-type", "text/plain; version=0.0.4; charset=utf-8")
    return c.body(await metrics.text())
  })
}
