import { DAY_MS, HOUR_MS } from "#engine/candles"
import { cardInWords } from "#engine/result"
import { Refusal } from "../door/refusal.ts"
import { changeOf } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import type { Surroundings } from "../surroundings.ts"
import { type CarryingBot, modelsOf } from "./carried-models.ts"
import { type ForecastWork, NotTrained } from "./forecast-work.ts"
import type { CardPlace, KeptModel, ModelStore } from "./model-store.ts"
import { modelState } from "./model-state.ts"
import { type ModelSchedule, type SignalWatch, signalLimits } from "./signal-watch.ts"
import type { SignalTeller } from "./signal-teller.ts"

type RetrainingDeps = {
  models: ModelStore
  audit: AuditLog
  work: ForecastWork
  carriers: () => Promise<CarryingBot[]>
  tell: SignalTeller
  surroundings: Pick<Surroundings, "nowMs">
}

type Scheduled = { place: CardPlace; retrainDays: number | null }
type Rest = { untilMs: number; failures: number; because: string }

const relay = { kind: "relay", id: "relay", name: "retraining" } as const

/** Judges models on their watched markets, and trains those again whose time has come; it changes no bot. */
export class Retraining {
  readonly #rests = new Map<string, Rest>()

  constructor(private readonly deps: RetrainingDeps) {}

  /** Why a model could not be judged or trained the last time; undefined where it could. */
  problemOf(hash: string): string | undefined {
    return this.#rests.get(hash)?.because
  }

  /** One model's turn, where one is due. */
  async round(watch: SignalWatch): Promise<void> {
    if (watch.isPaused) return
    for (const scheduled of await this.#scheduled(watch)) {
      const { hash } = scheduled.place
      if ((this.#rests.get(hash)?.untilMs ?? 0) > this.deps.surroundings.nowMs()) continue
      try {
        if (await this.#turn(scheduled)) return void this.#rests.delete(hash)
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof NotTrained)) throw error
        this.#rest(hash, error.message)
      }
    }
  }

  #rest(hash: string, because: string): void {
    const failures = (this.#rests.get(hash)?.failures ?? 0) + 1
    const waitMs = Math.min(DAY_MS, HOUR_MS * 2 ** (failures - 1))
    this.#rests.set(hash, { untilMs: this.deps.surroundings.nowMs() + waitMs, failures, because })
  }

  /** Watched models on their markets, and those of bots that somebody put on the schedule. */
  async #scheduled({ markets, bots }: SignalWatch): Promise<Scheduled[]> {
    const watched = markets.flatMap(({ venue, market, models }) =>
      models.map(({ hash, retrainDays }) => ({ place: { hash, venue, market }, retrainDays })),
    )
    if (bots.length === 0) return watched
    const carriers = await this.deps.carriers()
    return [...watched, ...(await Promise.all(bots.map((one) => this.#carried(one, carriers)))).flat()]
  }

  async #carried({ hash, retrainDays }: ModelSchedule, carriers: CarryingBot[]): Promise<Scheduled[]> {
    const carrier = carriers.find((one) => modelsOf(one).some((model) => model.hash === hash))
    const model = carrier && modelsOf(carrier).find((one) => one.hash === hash)
    if (carrier === undefined || model === undefined) return []
    await this.deps.models.add({ model, addedMs: this.deps.surroundings.nowMs(), replaces: null })
    const { markets } = carrier.bot
    const market = markets.includes(model.made.market) ? model.made.market : markets[0]
    return [{ place: { hash, venue: carrier.venue, market }, retrainDays }]
  }

  /** Whether something was done. */
  async #turn({ place, retrainDays }: Scheduled): Promise<boolean> {
    const all = await this.deps.models.list()
    const base = all.find(({ model }) => model.hash === place.hash)
    if (base === undefined) return false
    if ((await this.deps.models.card(place))?.card == null) return this.#score(base, place)
    const newest = newestOf(base, place.market, all)
    const dueMs = newest.addedMs + (retrainDays ?? Infinity) * DAY_MS
    if (this.deps.surroundings.nowMs() < dueMs || all.length >= signalLimits.models) return false
    return this.#train(newest, place)
  }

  async #score({ model }: KeptModel, place: CardPlace): Promise<boolean> {
    const { card } = await this.deps.work.score(model, place)
    if (card === null) throw new NotTrained(`${place.market} has no candles yet.`)
    await this.deps.models.keepScore(place, { card, scoredMs: this.deps.surroundings.nowMs() })
    return true
  }

  async #train({ model: old }: KeptModel, place: CardPlace): Promise<boolean> {
    const { audit, models, work, surroundings, tell } = this.deps
    const trained = await work.train(old, place)
    if (!("model" in trained)) return false
    const { model, card } = trained
    const addedMs = surroundings.nowMs()
    await audit.change(relay, async (transaction) => {
      await models.add({ model, addedMs, replaces: old.hash }, transaction)
      return { result: undefined, changes: [changeOf("signal-model.retrained", { after: modelState(model) })] }
    })
    await models.keepScore({ ...place, hash: model.hash }, { card, scoredMs: addedMs })
    const words = `The model ${model.name} of ${place.market} was trained again, version ${model.made.version} is ready: ${cardInWords(card)} Nothing uses it before you choose it.`
    await tell("signal", words)
    return true
  }
}

/** The newest version that grew out of a model on a market. */
function newestOf(base: KeptModel, market: string, all: readonly KeptModel[]): KeptModel {
  const next = all.find(({ replaces, model }) => replaces === base.model.hash && model.made.market === market)
  return next === undefined ? base : newestOf(next, market, all)
}
