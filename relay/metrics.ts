import { monitorEventLoopDelay } from "node:perf_hooks"
import type { Health } from "./routes/health.ts"

/** One figure, or one for each of its labels. */
type Figure = { name: string; kind: "gauge" | "counter"; help: string; values: [labels: string, value: number][] }

/** What the relay counts and measures of itself, for Prometheus. */
export class Metrics {
  readonly #answers = new Map<string, number>()
  readonly #lag = monitorEventLoopDelay({ resolution: 20 })

  constructor(private readonly health: () => Promise<Health>) {}

  /** Measures how late the thread is, until `stop`. */
  start(): void {
    this.#lag.enable()
  }

  /** Counts an answer. Routes and statuses are few, whatever strangers ask for. */
  count(route: string, status: number): void {
    const labels = `{route="${route}",status="${status}"}`
    this.#answers.set(labels, (this.#answers.get(labels) ?? 0) + 1)
  }

  stop(): void {
    this.#lag.disable()
  }

  /** All of them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  async text(): Promise<string> {
    return (await this.#figures()).map(written).join("")
  }

  async #figures(): Promise<Figure[]> {
    const { uptimeMs, checks } = await this.health()
    const { rss, heapUsed } = process.memoryUsage()
    const lagMs = [50, 99].map((percent): [string, number] => [
      `{quantile="${percent / 100}"}`,
      this.#lag.percentile(percent),
    ])
    return [
      gauge("uptime_seconds", "Since the relay started", uptimeMs / 1_000),
      gauge("memory_bytes", "Memory of the whole process", rss),
      gauge("heap_bytes", "Memory of JavaScript's objects", heapUsed),
      {
        name: "loop_lag_seconds",
        kind: "gauge",
        help: "How late the thread is",
        values: lagMs.map(([q, ns]) => [q, ns / 1e9]),
      },
      gauge("database_up", "1: the database answers", checks.database === "ok" ? 1 : 0),
      gauge("practice_up", "1: the practice exchange runs", checks.practice === "ok" ? 1 : 0),
      gauge("keys_locked", "1: keys of exchanges cannot be opened", checks.keys === "locked" ? 1 : 0),
      { name: "answers_total", kind: "counter", help: "Answers of the API", values: [...this.#answers] },
    ]
  }
}

function gauge(name: string, help: string, value: number): Figure {
  return { name, kind: "gauge", help, values: [["", value]] }
}

function written({ name, kind, help, values }: Figure): string {
  const full = `candlewright_${name}`
  const lines = values.map(([labels, value]) => `${full}${labels} ${Number.isFinite(value) ? value : 0}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${kind}\n${lines.join("")}`
}
