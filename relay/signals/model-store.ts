import type { Kysely, Selectable } from "kysely"
import type { ForecastCard } from "#engine/result"
import type { ForecastModel } from "#engine/strategy"
import type { VenueId } from "#venues"
import type { RelayTables } from "../store/relay-schema.ts"
import type { SignalCardTable, SignalModelTable } from "../store/signal-schema.ts"
import type { DriftWarning } from "./model-drift.ts"
import { firstSignalWatch, type SignalWatch } from "./signal-watch.ts"

/** A model that is kept; `replaces` is the version it was trained anew from. */
export type KeptModel = { model: ForecastModel; addedMs: number; replaces: string | null }

/** A model on one market. */
export type CardPlace = { hash: string; venue: VenueId; market: string }

/** How good a model was on one market; no card where nobody could judge it yet. */
export type KeptCard = CardPlace & {
  card: ForecastCard | null
  scoredMs: number
  warnings: DriftWarning[]
  /** Kinds of warnings that people have heard of. */
  told: DriftWarning["kind"][]
}

/** Models with their cards, and the watch, on the disk. */
export class ModelStore {
  constructor(private readonly database: Kysely<RelayTables>) {}

  /** The newest first. */
  async list(): Promise<KeptModel[]> {
    const rows = await this.database.selectFrom("signal_model").selectAll().orderBy("added_ms", "desc").execute()
    return rows.map(modelOf)
  }

  async find(hash: string): Promise<KeptModel | undefined> {
    const models = this.database.selectFrom("signal_model").selectAll()
    const row = await models.where("hash", "=", hash).executeTakeFirst()
    return row && modelOf(row)
  }

  /** A model that is there already stays as it is. */
  async add({ model, addedMs, replaces }: KeptModel, database = this.database): Promise<void> {
    const { hash, name, made } = model
    const row = { hash, name, version: made.version, added_ms: addedMs, replaces, model: JSON.stringify(model) }
    await database
      .insertInto("signal_model")
      .values(row)
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute()
  }

  async remove(hash: string, database = this.database): Promise<void> {
    await database.deleteFrom("signal_card").where("hash", "=", hash).execute()
    await database.deleteFrom("signal_model").where("hash", "=", hash).execute()
  }

  async cards(): Promise<KeptCard[]> {
    return (await this.database.selectFrom("signal_card").selectAll().execute()).map(cardOf)
  }

  async card({ hash, venue, market }: CardPlace): Promise<KeptCard | undefined> {
    const cards = this.database.selectFrom("signal_card").selectAll().where("hash", "=", hash)
    const row = await cards.where("venue", "=", venue).where("market", "=", market).executeTakeFirst()
    return row && cardOf(row)
  }

  /** What was found when it was judged; in place of what was found before. */
  keepScore(place: CardPlace, { card, scoredMs }: Pick<KeptCard, "card" | "scoredMs">): Promise<void> {
    return this.#put(place, { card: card && JSON.stringify(card), scored_ms: scoredMs })
  }

  /** What warns of it now, and of which kinds people have heard. */
  keepDrift(place: CardPlace, { warnings, told }: Pick<KeptCard, "warnings" | "told">): Promise<void> {
    return this.#put(place, { drift: JSON.stringify(warnings), told: JSON.stringify(told) })
  }

  /** Nothing where the model was removed meanwhile. */
  async #put({ hash, venue, market }: CardPlace, now: Partial<SignalCardTable>): Promise<void> {
    if ((await this.find(hash)) === undefined) return
    await this.database
      .insertInto("signal_card")
      .values({ hash, venue, market, card: null, scored_ms: 0, drift: "[]", told: "[]", ...now })
      .onConflict((conflict) => conflict.columns(["hash", "venue", "market"]).doUpdateSet(now))
      .execute()
  }

  async watch(database = this.database): Promise<SignalWatch> {
    const row = await database.selectFrom("signal_watch").select("watch").executeTakeFirst()
    return row === undefined ? firstSignalWatch : (JSON.parse(row.watch) as SignalWatch)
  }

  async keepWatch(watch: SignalWatch, database = this.database): Promise<void> {
    const row = { id: 1, watch: JSON.stringify(watch) }
    await database
      .insertInto("signal_watch")
      .values(row)
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ watch: row.watch }))
      .execute()
  }
}

function modelOf({ model, added_ms, replaces }: Selectable<SignalModelTable>): KeptModel {
  return { model: JSON.parse(model) as ForecastModel, addedMs: added_ms, replaces }
}

function cardOf({ hash, venue, market, card, scored_ms, drift, told }: Selectable<SignalCardTable>): KeptCard {
  return {
    hash,
    venue: venue as VenueId,
    market,
    card: card === null ? null : (JSON.parse(card) as ForecastCard),
    scoredMs: scored_ms,
    warnings: JSON.parse(drift) as DriftWarning[],
    told: JSON.parse(told) as KeptCard["told"],
  }
}
