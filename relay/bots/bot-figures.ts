import { Counter, Gauge, Histogram, Registry } from "prom-client"

const named = (name: string) => `candlewright_${name}`
/** Two steps a doubling: seconds from a quarter of a millisecond to a minute. */
const buckets = Array.from({ length: 37 }, (_, n) => Number((0.00025 * 2 ** (n / 2)).toPrecision(2)))

/** How bots fare, for Prometheus: how long each part of a decision's way takes, and what became of orders. */
export class BotFigures {
  readonly registry = new Registry()
  readonly #heard = this.#seconds("candle_heard_seconds", "From a candle's end, by the exchange's clock, to hearing it")
  readonly #decided = this.#seconds("candle_decided_seconds", "From hearing a candle to its decision on the disk")
  readonly #sent = this.#seconds("entry_sent_seconds", "From a decision on the disk to sending its entry")
  readonly #answered = this.#seconds("order_answered_seconds", "From sending an order to the exchange's answer")
  readonly #kept = this.#seconds("step_kept_seconds", "Keeping one step of a bot, its turn among all bots included")
  readonly #orders = new Counter({
    name: named("orders_total"),
    help: "Orders by what the exchange answered",
    labelNames: ["role", "answer"],
    registers: [this.registry],
  })

  heardCandle(lateMs: number): void {
    this.#heard.observe(Math.max(0, lateMs) / 1_000)
  }

  decided(tookMs: number): void {
    this.#decided.observe(tookMs / 1_000)
  }

  sentEntry(afterMs: number): void {
    this.#sent.observe(afterMs / 1_000)
  }

  answered({ role, answer, tookMs }: { role: string; answer: "taken" | "refused" | "unknown"; tookMs: number }): void {
    this.#answered.observe(tookMs / 1_000)
    this.#orders.inc({ role, answer })
  }

  kept(tookMs: number): void {
    this.#kept.observe(tookMs / 1_000)
  }

  /** How many bots have each status, asked for when somebody reads the figures. */
  countBots(statuses: () => readonly string[]): void {
    const collect = function (this: Gauge) {
      this.reset()
      for (const status of statuses()) this.inc({ status })
    }
    const [name, help] = [named("bots"), "Bots by what they do"]
    this.registry.registerMetric(new Gauge({ name, help, labelNames: ["status"], registers: [], collect }))
  }

  #seconds(name: string, help: string): Histogram {
    return new Histogram({ name: named(name), help, buckets, registers: [this.registry] })
  }
}
