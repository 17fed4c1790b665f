import type { Selectable, Transaction } from "kysely"
import { HOUR_MS, MINUTE_MS, plainText } from "#engine/candles"
import { VaultLocked } from "../keys/key-source.ts"
import type { BotEvent } from "../ledger/bot-event.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { isStoreFailure } from "../ledger/store-failure.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { NoticeChannelTable, NoticeTable } from "../store/notice-schema.ts"
import type { Cancel, Surroundings } from "../surroundings.ts"
import { Channels, type ChannelsDeps } from "./channels.ts"
import { Pings } from "./pings.ts"
import { quietUntilMs } from "./quiet-hours.ts"
import { type ChannelKind, type Message, send, type Sent } from "./sending.ts"

type NoticesDeps = ChannelsDeps & {
  ledger: Ledger
  surroundings: Surroundings
  /** What the exchange of an account is. */
  exchangeOf: (accountId: string) => Promise<string | null>
  /** Of which accounts a person may hear, by id; undefined for one who may hear nothing any more. */
  hearingOf: (person: string) => Promise<Hearing | undefined>
  /** Telegram's own address, or a stand-in's on this computer. */
  telegramUrl: URL
}

type Hearing = (accountId: string) => boolean

/** What is wrong now without being an event, by name: the kill switch, an exchange that is away. */
export type Troubles = () => ReadonlyMap<string, string>

/** Something to say, and the account it is about; undefined where it is for everybody. */
type Noticed = Pick<NoticeTable, "kind" | "words" | "at_ms"> & { accountId?: string }

const LOOK_MS = 1_000
const MOST_EVENTS = 200
/** A channel that cannot be reached for long keeps the newest. */
const MOST_WAITING = 1_000
const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = HOUR_MS
/** Together about nine hours. */
const MOST_TRIES = 16
/** A trouble that passes sooner is none. */
const TROUBLE_AFTER_MS = MINUTE_MS
const MOST_WORDS = 1_000

/** Where nothing is real, each notice says so. */
const asides: Record<string, string | undefined> = {
  practice: "(made-up money)",
  paper: "(paper: real prices, no real orders)",
  testnet: "(testnet)",
  "stand-in": "(stand-in exchange, nothing is real)",
}

/**
 * Tells people what happens, wherever they want to hear it. What is to be said is kept with the place in the list of
 * events where it was read, so after any end it is said at least once.
 */
export class Notices {
  readonly channels: Channels
  readonly #deps: NoticesDeps
  readonly #pings: Pings
  readonly #busy = new Map<string, Promise<void>>()
  readonly #since = new Map<string, { sinceMs: number; words: string; isTold: boolean }>()
  #ends: Cancel[] = []
  #taking: Promise<void> | undefined
  #onBug: (error: unknown) => void = () => {}
  /** When a bot's reached limit was last said. */
  #isEnded = false

  constructor(deps: NoticesDeps) {
    this.#deps = deps
    this.#pings = new Pings(deps.surroundings)
    this.channels = new Channels(deps)
  }

  /** Begins to say what happens; `onBug` receives our own mistakes. */
  begin({ troubles, onBug }: { troubles: Troubles; onBug: (error: unknown) => void }): void {
    const { ledger, surroundings } = this.#deps
    this.#onBug = onBug
    const look = () => void this.#look(troubles).catch((error) => isStoreFailure(error) || onBug(error))
    this.#ends = [surroundings.every(LOOK_MS, look), ledger.listen(look)]
    look()
  }

  /** What is on its way ends first. */
  async end(): Promise<void> {
    this.#isEnded = true
    for (const end of this.#ends.splice(0)) end()
    await this.#taking?.catch(() => {})
    await Promise.all(this.#busy.values())
  }

  /** Says something that is no event of a bot, wherever people want to hear it. */
  async tell(kind: "problem" | "signal", words: string): Promise<void> {
    const noticed = { kind, words: plainText(words, MOST_WORDS), at_ms: this.#deps.surroundings.nowMs() }
    const hearing = await this.#hearing()
    await this.#deps.database.transaction().execute((transaction) => this.#put(transaction, [noticed], hearing))
  }

  /** Sends a message of no consequence now. Undefined when there is no such channel. */
  async test(id: string): Promise<Sent | undefined> {
    return this.#sendNow(id, { kind: "test", words: "Candlewright: a test. Notices arrive here." })
  }

  async #sendNow(id: string, { kind, words }: Pick<Message, "kind" | "words">): Promise<Sent | undefined> {
    const row = await this.channels.find(id)
    if (row === undefined) return undefined
    const atMs = this.#deps.surroundings.nowMs()
    const sent = await this.#send(row, { id: `${kind}-${atMs}`, kind, words, atMs })
    await this.#note(id, sent)
    return sent
  }

  async #look(troubles: Troubles): Promise<void> {
    this.#taking ??= this.#take(troubles).finally(() => (this.#taking = undefined))
    await this.#taking
    if (this.#isEnded) return
    const { database, surroundings } = this.#deps
    const due = database.selectFrom("notice").select("channel_id as id").distinct()
    for (const { id } of await due.where("next_ms", "<=", surroundings.nowMs()).execute())
      this.#begin(id, () => this.#drain(id))
    const pinged = await database.selectFrom("notice_channel").select("id").where("kind", "=", "ping").execute()
    const isFree = (id: string) => !this.#busy.has(id)
    for (const id of this.#pings.due(
      pinged.map((row) => row.id),
      isFree,
    ))
      this.#begin(id, () => this.#sendNow(id, { kind: "alive", words: "" }))
  }

  /** One thing at a time is on its way to a channel. */
  #begin(id: string, act: () => Promise<unknown>): void {
    if (this.#busy.has(id) || this.#isEnded) return
    const done = act()
      .then(() => {})
      // What was not kept is sent again.
      .catch((error: unknown) => isStoreFailure(error) || this.#onBug(error))
      .then(() => void this.#busy.delete(id))
    this.#busy.set(id, done)
  }

  /** Makes notices of what happened since the last look. */
  async #take(troubles: Troubles): Promise<void> {
    const { database, ledger } = this.#deps
    const cursor = await database.selectFrom("notice_cursor").select("seq").executeTakeFirst()
    if (cursor === undefined) {
      const [last] = await ledger.events({}, { limit: 1 })
      await database
        .insertInto("notice_cursor")
        .values({ id: 1, seq: last?.seq ?? 0 })
        .execute()
      return
    }
    // A restored list of events is shorter than the one that was read.
    const events = await ledger.events({}, { after: cursor.seq, limit: MOST_EVENTS })
    const noticed = [...(await this.#changedTroubles(troubles())), ...(await this.#noticedIn(events))]
    if (events.length > 0 || noticed.length > 0) await this.#keep(noticed, events.at(-1)?.seq ?? cursor.seq)
  }

  async #noticedIn(events: readonly BotEvent[]): Promise<Noticed[]> {
    const told = events.flatMap((event) => {
      const notice = kindOf(event)
      return notice === undefined ? [] : [{ ...event, notice }]
    })
    return Promise.all(
      told.map(async ({ botId, accountId, words, atMs, notice }) => {
        const name = (await this.#deps.ledger.bot(botId))?.name
        const aside = asides[(await this.#deps.exchangeOf(accountId)) ?? ""]
        const who = [name, aside].filter((part) => part !== undefined).join(" ")
        const own = name !== undefined && words.startsWith(`${name}: `) ? words.slice(name.length + 2) : words
        const whole = plainText(who === "" ? own : `${who}: ${own}`, MOST_WORDS)
        return { kind: notice, words: whole, at_ms: atMs, accountId }
      }),
    )
  }

  async #changedTroubles(now: ReadonlyMap<string, string>): Promise<Noticed[]> {
    const nowMs = this.#deps.surroundings.nowMs()
    const say = async (name: string, words: string): Promise<Noticed> => {
      const accountId = await this.#accountOf(name)
      return { kind: "problem", words: plainText(words, MOST_WORDS), at_ms: nowMs, accountId }
    }
    const said: Promise<Noticed>[] = []
    for (const [name, words] of now) {
      const known = this.#since.get(name) ?? { sinceMs: nowMs, words, isTold: false }
      const isDue = !known.isTold && (isCertain(name) || nowMs - known.sinceMs >= TROUBLE_AFTER_MS)
      if (isDue) said.push(say(name, words))
      this.#since.set(name, { ...known, words, isTold: known.isTold || isDue })
    }
    for (const [name, { words, isTold }] of this.#since) {
      if (now.has(name)) continue
      if (isTold) said.push(say(name, `Over: ${words}`))
      this.#since.delete(name)
    }
    return Promise.all(said)
  }

  /** The account that a trouble is about, by its name: "kill", "away ACCOUNT", "maintenance ACCOUNT" or a bot's id. */
  async #accountOf(trouble: string): Promise<string | undefined> {
    if (trouble === "kill") return undefined
    const [name, accountId] = trouble.split(" ")
    return accountId ?? (await this.#deps.ledger.bot(name))?.accountId ?? ""
  }

  /** Of which accounts each person who has a channel may hear. */
  async #hearing(): Promise<ReadonlyMap<string, Hearing>> {
    const { database, hearingOf } = this.#deps
    const people = await database.selectFrom("notice_channel").select("person").distinct().execute()
    const heard = people.map(async ({ person }) => [person, await hearingOf(person)] as const)
    return new Map((await Promise.all(heard)).flatMap(([person, hears]) => (hears ? [[person, hears]] : [])))
  }

  async #keep(noticed: readonly Noticed[], seq: number): Promise<void> {
    const hearing = await this.#hearing()
    await this.#deps.database.transaction().execute(async (transaction) => {
      await this.#put(transaction, noticed, hearing)
      await transaction.updateTable("notice_cursor").set({ seq }).execute()
    })
  }

  async #put(
    transaction: Transaction<RelayTables>,
    noticed: readonly Noticed[],
    hearing: ReadonlyMap<string, Hearing>,
  ): Promise<void> {
    const { surroundings } = this.#deps
    const nowMs = surroundings.nowMs()
    const channels = await transaction.selectFrom("notice_channel").selectAll().where("kind", "!=", "ping").execute()
    for (const { id, wants_trades, quiet, created_ms, person } of channels) {
      const hears = hearing.get(person)
      for (const { accountId, ...notice } of noticed) {
        if (!hears || (accountId !== undefined && !hears(accountId))) continue
        const isTrade = notice.kind === "trade"
        if ((isTrade && wants_trades === 0) || notice.at_ms < created_ms) continue
        const next_ms = isTrade ? quietUntilMs(quiet, nowMs) : nowMs
        const row = { id: surroundings.secret(), channel_id: id, ...notice, tries: 0, next_ms }
        await transaction.insertInto("notice").values(row).execute()
      }
      const many = transaction.selectFrom("notice").select("id").where("channel_id", "=", id)
      // Trades go first, and of each kind the oldest.
      const tooMany = await many
        .orderBy("kind")
        .orderBy("at_ms", "desc")
        .offset(MOST_WAITING)
        .limit(MOST_EVENTS)
        .execute()
      for (const { id: old } of tooMany) await transaction.deleteFrom("notice").where("id", "=", old).execute()
    }
  }

  /** Sends what is due of a channel, problems first, until one fails. */
  async #drain(channelId: string): Promise<void> {
    const { database, surroundings } = this.#deps
    while (!this.#isEnded) {
      const row = await this.channels.find(channelId)
      const due = database.selectFrom("notice").selectAll().where("channel_id", "=", channelId)
      const next = await due
        .where("next_ms", "<=", surroundings.nowMs())
        .orderBy("kind")
        .orderBy("at_ms")
        .limit(1)
        .executeTakeFirst()
      if (row === undefined || next === undefined) return
      const { id, kind, words, at_ms: atMs } = next
      const sent = await this.#send(row, { id, kind: kind as Message["kind"], words, atMs })
      await this.#settle(next, sent)
      if (!sent.ok) return
    }
  }

  async #settle({ id, channel_id, tries }: Selectable<NoticeTable>, sent: Sent): Promise<void> {
    const { database, surroundings } = this.#deps
    await this.#note(channel_id, sent)
    if (sent.ok || sent.isOver || tries + 1 >= MOST_TRIES)
      return void (await database.deleteFrom("notice").where("id", "=", id).execute())
    const waitMs = sent.retryAfterMs ?? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries)
    const next_ms = surroundings.nowMs() + waitMs
    await database
      .updateTable("notice")
      .set({ tries: tries + 1 })
      .where("id", "=", id)
      .execute()
    // A channel that cannot be reached now is not asked for each notice.
    const waiting = database.updateTable("notice").set({ next_ms }).where("channel_id", "=", channel_id)
    await waiting.where("next_ms", "<", next_ms).execute()
  }

  async #send(row: Selectable<NoticeChannelTable>, message: Message): Promise<Sent> {
    const { surroundings, telegramUrl } = this.#deps
    try {
      const secrets = await this.channels.open(row)
      if (secrets === undefined)
        return { ok: false, because: "its kept address was changed; remove it and add it again", isOver: true }
      const isLocal = row.is_local === 1
      return await send(row.kind as ChannelKind, secrets, message, { isLocal, telegramUrl, surroundings })
    } catch (error) {
      if (!(error instanceof VaultLocked)) throw error
      return { ok: false, because: error.message, isOver: false }
    }
  }

  async #note(id: string, sent: Sent): Promise<void> {
    const set = sent.ok ? { sent_ms: this.#deps.surroundings.nowMs(), problem: null } : { problem: sent.because }
    await this.#deps.database.updateTable("notice_channel").set(set).where("id", "=", id).execute()
  }
}

/** Entries that are refused one by one are not said: that the account buys nothing any more is, once. */
function kindOf({ kind, about }: BotEvent): "problem" | "trade" | undefined {
  if (kind === "problem" || (kind === "risk" && about !== undefined && "limit" in about)) return "problem"
  return kind === "fill" ? "trade" : undefined
}

/** What does not pass by itself in a moment, and is said at once. */
function isCertain(trouble: string): boolean {
  return trouble === "kill" || trouble.startsWith("maintenance")
}
