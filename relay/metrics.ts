import { monitorEventLoopDelay } from "node:perf_hooks"
import { Counter, Gauge, Registry } from "prom-client"
import type { Health } from "./routes/health.ts"

const NS_PER_S = 1e9

/** What the relay counts and measures of itself, for Prometheus. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #answers: Counter
  readonly #lag = monitorEventLoopDelay({ resolution: 20 })

  /** `others` are figures that rooms of the relay keep themselves. */
  constructor(
    private readonly health: () => Promise<Health>,
    private readonly others: readonly Registry[] = [],
  ) {
    const registers = [this.#registry]
    this.#answers = new Counter({
      name: "candlewright_answers_total",
      help: "Answers of the API",
      labelNames: ["route", "status"],
      registers,
    })
    this.#gauges()
  }

  /** Measures how late the thread is, until `stop`. */
  start(): void {
    this.#lag.enable()
  }

  /** Counts an answer. Routes and statuses are few, whatever strangers ask for. */
  count(route: string, status: number): void {
    this.#answers.inc({ route, status: String(status) })
  }

  stop(): void {
    this.#lag.disable()
  }

  /** All of them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  async text(): Promise<string> {
    const parts = await Promise.all([this.#registry, ...this.others].map((registry) => registry.metrics()))
    return parts.join("\n").replace(/\n{2,}/g, "\n")
  }

  #gauges(): void {
    const { health } = this
    this.#gauge("uptime_seconds", "Since the relay started", async () => (await health()).uptimeMs / 1_000)
    this.#gauge("memory_bytes", "Memory of the whole process", () => process.memoryUsage.rss())
    this.#gauge("heap_bytes", "Memory of JavaScript's objects", () => process.memoryUsage().heapUsed)
    this.#gauge("database_up", "1: the database answers", async () => Number((await health()).checks.database === "ok"))
    this.#gauge("practice_up", "1: the practice exchange runs", async () =>
      Number((await health()).checks.practice === "ok"),
    )
    this.#gauge("paper_up", "1: paper trading at real prices runs", async () =>
      Number((await health()).checks.paper === "ok"),
    )
    this.#gauge(
      "positions_without_stop",
      "Positions that want a stop and have none at their exchange",
      async () => (await health()).checks.bots.withoutStop,
    )
    this.#gauge("keys_locked", "1: keys of exchanges cannot be opened", async () =>
      Number((await health()).checks.keys === "locked"),
    )
    const lag = this.#lag
    const collect = function (this: Gauge) {
      for (const percent of [50, 99])
        this.set({ quantile: String(percent / 100) }, (lag.percentile(percent) || 0) / NS_PER_S)
    }
    const [name, help] = ["candlewright_loop_lag_seconds", "How late the thread is"]
    this.#registry.registerMetric(new Gauge({ name, help, labelNames: ["quantile"], registers: [], collect }))
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const collect = async function (this: Gauge) {
      this.set(await read())
    }
    this.#registry.registerMetric(new Gauge({ name: `candlewright_${name}`, help, registers: [], collect }))
  }
}
