import { timeframesMs } from "#engine/candles"
import type { ForecastRequest } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import type { KeptCandles } from "../desk/kept-candles.ts"
import type { PublicMarkets } from "../desk/public-markets.ts"
import type { ForecastAnswer, ForecastCandles, ForecastTask } from "../jobs/forecast-answer.ts"
import { inThread } from "../jobs/job-thread.ts"
import type { Surroundings } from "../surroundings.ts"
import type { CardPlace } from "./model-store.ts"

type ForecastWorkDeps = {
  candles: Pick<KeptCandles, "complete" | "dataDirectory">
  publicMarkets: Pick<PublicMarkets, "timeMs">
  surroundings: Pick<Surroundings, "after">
  onBug: (error: unknown) => void
}

const MOST_WAITING = 10
/** What a model is judged on, or trained on again, at most. */
const MOST_CANDLES = 100_000
const SCORED_CANDLES = 20_000
/** Candles before the first that is learnt from, for formulas that look back. */
const WARM_UP_CANDLES = 600

/** A model cannot be judged or trained now: its candles are missing, or teach nothing. The message is a sentence. */
export class NotTrained extends Error {
  override name = "NotTrained"
}

/** Judging and training of models, in threads beside the relay, one after another. */
export class ForecastWork {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  readonly #ending = new AbortController()

  constructor(private readonly deps: ForecastWorkDeps) {}

  async end(): Promise<void> {
    this.#ending.abort(new NotTrained("The relay stops."))
    await this.#last
  }

  /** Judges a model on a market by the candles that are kept of it; null where none are. Throws as `train`. */
  scoreKept(model: ForecastModel, { venue, market }: CardPlace): Promise<ForecastAnswer> {
    return this.#inTurn(() => this.#work({ kind: "score", model, candles: candlesOf(model, { venue, market }) }))
  }

  /** Judges it by its newest candles; those that are missing are fetched. Throws as `train`. */
  score(model: ForecastModel, place: CardPlace): Promise<ForecastAnswer> {
    return this.#inTurn(async () => {
      const candles = await this.#newest(candlesOf(model, place), SCORED_CANDLES)
      return this.#work({ kind: "score", model, candles })
    })
  }

  /**
   * Trains the same request again on as many of the newest candles. Throws `NotTrained` or a
   * `Refusal` with what keeps it from that.
   */
  train(model: ForecastModel, place: CardPlace): Promise<ForecastAnswer> {
    return this.#inTurn(async () => {
      const candles = await this.#newest(candlesOf(model, place), learntCandles(model) + WARM_UP_CANDLES)
      return this.#work({ kind: "train", request: requestOf(model, place.market), candles })
    })
  }

  async #newest(series: ForecastCandles, count: number): Promise<ForecastCandles> {
    const toMs = await this.deps.publicMarkets.timeMs(series.venue)
    const fromMs = Math.max(0, toMs - Math.min(count, MOST_CANDLES) * timeframesMs[series.timeframe])
    const wanted = { ...series, fromMs, toMs }
    const options = { signal: this.#ending.signal, onProgress: () => {} }
    const because = await this.deps.candles.complete(wanted, options)
    if (because !== undefined) throw new NotTrained(because)
    return wanted
  }

  async #work(task: ForecastTask): Promise<ForecastAnswer> {
    const { candles, surroundings, onBug } = this.deps
    const data = { forecast: task, dataDirectory: candles.dataDirectory }
    const options = { surroundings, onBug, signal: this.#ending.signal, onProgress: () => {} }
    const outcome = await inThread(data, options)
    if ("error" in outcome) throw new NotTrained(outcome.error)
    return JSON.parse(outcome.result) as ForecastAnswer
  }

  async #inTurn(act: () => Promise<ForecastAnswer>): Promise<ForecastAnswer> {
    if (this.#waiting >= MOST_WAITING) throw new NotTrained("Too many other models are being judged or trained.")
    this.#waiting++
    const done = this.#last.then(act).finally(() => this.#waiting--)
    this.#last = done.catch(() => {})
    return done
  }
}

function candlesOf({ timeframe }: ForecastModel, { venue, market }: Pick<CardPlace, "venue" | "market">) {
  return { venue, market, timeframe } satisfies ForecastCandles
}

/** From the first candle that a model learnt from to the last. */
function learntCandles({ parts, timeframe }: ForecastModel): number {
  return Math.ceil((parts.at(-1)!.trainedUntilMs - parts[0].trainedFromMs) / timeframesMs[timeframe])
}

/** What a model was made of, asked for once more. Throws `NotTrained` for one that nobody trains. */
function requestOf(model: ForecastModel, market: string): Omit<ForecastRequest, "candles"> {
  const { name, kind, target, horizonCandles, timeframe, features, windowCandles, units, made, parts } = model
  if (kind === "regimes") throw new NotTrained("Regimes are not trained again by the relay; train them in the app.")
  const shape = kind === "lstm" ? { lstm: { units, windowCandles } } : {}
  return {
    name,
    kind,
    target,
    horizonCandles,
    timeframe,
    features,
    market,
    seed: made.seed,
    folds: Math.max(1, parts.length - 1),
    version: made.version + 1,
    ...shape,
  }
}
