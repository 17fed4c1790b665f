import type { Health, Ready } from "./routes/health.ts"
import { sleep, type Surroundings } from "./surroundings.ts"

/** A database that takes longer to answer than that is none to send requests to. */
const ANSWERS_WITHIN_MS = 2_000

/** Whether requests should be sent here, for load balancers and orchestrators. */
export class Readiness {
  #stage: "starts" | "runs" | "stops" = "starts"

  constructor(
    private readonly health: () => Promise<Pick<Health, "checks">>,
    private readonly surroundings: Pick<Surroundings, "after">,
  ) {}

  /** Everything has begun. */
  runs(): void {
    if (this.#stage === "starts") this.#stage = "runs"
  }

  /** From now on requests are to go elsewhere. */
  stops(): void {
    this.#stage = "stops"
  }

  /** What is missing, each in a sentence. Never throws, and never takes long. */
  async look(): Promise<Ready> {
    const missing = [stageWords[this.#stage], ...(await this.#missing())].filter((words) => words !== "")
    return { ready: missing.length === 0, missing }
  }

  async #missing(): Promise<string[]> {
    const answered = new AbortController()
    const late = sleep(this.surroundings, ANSWERS_WITHIN_MS, answered.signal).then(() => undefined)
    const health = await Promise.race([this.health(), late])
    answered.abort()
    if (health === undefined) return ["The database does not answer."]
    const { database, keys } = health.checks
    return [database === "ok" ? "" : database, keys === "ok" ? "" : "The keys of accounts are locked."]
  }
}

const stageWords = { starts: "The relay starts.", runs: "", stops: "The relay stops." } as const
