import { isoTime, MINUTE_MS } from "#engine/candles"
import type { ApiKey } from "../account/api-key.ts"
import type { Exchange } from "../exchange-state.ts"
import type { KnownSource } from "../market/known-source.ts"
import type { Refusal } from "../refusal.ts"
import { diskRefusal } from "./disk-refusal.ts"
import { forgetOldOrders, MOST_ENDED } from "./forget-orders.ts"
import { type JournalEntry, KeptFiles, type Past, VERSION } from "./kept-files.ts"
import type { OrderHistory } from "./order-history.ts"
import { recallPast } from "./recall-past.ts"
import type { RecordFile } from "./record-file.ts"
import { venueMemory } from "./venue-memory.ts"

/** A snapshot is due after so many commands or so much exchange time: replaying either takes a fraction of a second. */
const MOST_COMMANDS = 2_000
const SNAPSHOT_EVERY_MS = 15 * MINUTE_MS
/** The journal grows no further while the disk takes no snapshot; orders are refused then. */
const MOST_JOURNAL_BYTES = 32 * 1024 * 1024
/** Each entry about time allows this much real time; an absence is known to within it. */
const TIME_ALLOWED_MS = MINUTE_MS
/** Days whose candles are kept trade for trade; of older ones there is the outline. */
const WHOLE_CANDLES_MS = 2 * 24 * 60 * MINUTE_MS
/** The file of ended orders is written anew when it holds so many times the most that is remembered. */
const MOST_WRITTEN = 1.5

type Tell = (sentence: string) => void

/**
 * Keeps an exchange on the disk: every command before it is carried out, every key, and a snapshot now and then. An
 * exchange that is opened with the same folder goes on where it was, after a kill -9 too.
 */
export class Keeper {
  private readonly files: KeptFiles
  private past: Past | undefined
  private exchange!: Exchange
  private journal: RecordFile | undefined
  private history: OrderHistory | undefined
  private generation = 0
  private commands = 0
  private snapshotMs = 0
  private untilMs = 0
  private isFailing = false
  private isClosed = false

  /** Reads the folder. Files that cannot be read are kept aside, with a sentence. */
  constructor(
    folder: string,
    private readonly tell: Tell,
    private readonly mostEnded = MOST_ENDED,
  ) {
    this.files = new KeptFiles(folder)
    try {
      this.past = this.files.read()
    } catch (error) {
      this.startAnew(error)
    }
  }

  /** What an exchange that goes on must be opened with; undefined when this is a new one. */
  get wanted(): { seed: string; startMs: number } | undefined {
    if (!this.past) return undefined
    const { snapshot, entries } = this.past
    const untilMs = entries.reduce((latest, entry) => ("untilMs" in entry ? entry.untilMs : latest), snapshot.untilMs)
    return { seed: snapshot.seed, startMs: untilMs }
  }

  /** The key of the first account; undefined when this is a new exchange. */
  get firstKey(): ApiKey | undefined {
    return this.exchange.state.keys.values().next().value
  }

  /**
   * Gives a fresh exchange the kept state, then lets the time pass that it was away. `live` is its source when it
   * follows the prices of another exchange. False when it cannot.
   */
  restore(exchange: Exchange, live?: KnownSource): boolean {
    const { past } = this
    if (!past) return true
    try {
      recallPast(exchange, past, { untilMs: this.wanted!.startMs, live })
    } catch (error) {
      this.startAnew(error)
      return false
    }
    if (past.cutBytes > 0) this.tellOfCut(past)
    return true
  }

  /** From now on everything is kept; while the disk takes nothing, commands are refused. */
  keep(exchange: Exchange): void {
    this.exchange = exchange
    this.generation = this.past?.snapshot.generation ?? 0
    this.trySnapshot()
    const { catchUp } = exchange
    exchange.catchUp = (mostMs) => {
      this.allowTime()
      catchUp(mostMs)
      if (this.isDue()) this.trySnapshot()
    }
    exchange.log.beforeCommand = (entry) => this.write(entry)
    exchange.keeper = this
  }

  /** Keeps a key, new or changed, before it holds. */
  key(key: ApiKey): void {
    this.write({ key })
  }

  /** Keeps a change that is no command. */
  snapshot(): void {
    try {
      this.takeSnapshot()
    } catch (error) {
      throw this.refusal(error)
    }
  }

  /** Ends the keeping; time that was allowed and has not passed is given back. */
  close(): void {
    this.isClosed = true
    this.isFailing = true
    const untilMs = this.exchange.state.venue.nowMs
    try {
      this.journal?.append(Buffer.from(JSON.stringify({ untilMs } satisfies JournalEntry)))
    } catch {
      // It has been said already that the disk fails, and a little time more is no loss.
    }
    this.journal?.close()
    this.history?.close()
  }

  private write(entry: JournalEntry): void {
    try {
      if (!this.journal || this.journal.bytes > MOST_JOURNAL_BYTES) this.takeSnapshot()
      this.journal!.append(Buffer.from(JSON.stringify(entry)), { isSynced: !isPrice(entry) })
      this.commands++
      this.isFailing = false
    } catch (error) {
      throw this.refusal(error)
    }
  }

  /** The market's own time goes on while the disk fails: the seed makes it again, whatever is written. */
  private allowTime(): void {
    const { clock } = this.exchange
    if (this.isClosed || clock.nowMs() <= this.untilMs) return
    const aheadMs = clock.speed === "stepped" ? 0 : TIME_ALLOWED_MS * Math.max(1, clock.speed)
    this.untilMs = clock.nowMs() + aheadMs
    try {
      this.write({ untilMs: this.untilMs })
    } catch (error) {
      this.tellOnce((error as Error).message)
    }
  }

  private isDue(): boolean {
    if (this.isClosed) return false
    return this.commands >= MOST_COMMANDS || this.exchange.state.venue.nowMs - this.snapshotMs >= SNAPSHOT_EVERY_MS
  }

  private trySnapshot(): void {
    try {
      this.takeSnapshot()
    } catch (error) {
      // It tries again when as much again has happened.
      this.noteSnapshot()
      this.tellOnce(this.refusal(error).message)
    }
  }

  private takeSnapshot(): void {
    const { venue, keys } = this.exchange.state
    const generation = this.generation + 1
    forgetOldOrders(venue, this.mostEnded)
    for (const market of venue.markets.values()) market.candles.outlineBefore(venue.nowMs - WHOLE_CANDLES_MS)
    const history = this.historyFor(generation)
    history.catchUp(venue)
    const { name, bytes } = history
    const journal = this.files.write({
      version: VERSION,
      generation,
      seed: venue.options.seed,
      untilMs: Math.max(this.untilMs, venue.nowMs),
      knownUntilMs: venue.options.source.knownUntilMs,
      keys: [...keys.values()],
      history: { name, bytes },
      memory: venueMemory(venue, (list) => history.hasList(list)),
    })
    this.journal?.close()
    this.journal = journal
    this.generation = generation
    this.noteSnapshot()
    this.files.tidy({ generation, history })
  }

  /** The file of ended orders: the one there is, or a new one when most of its orders are forgotten. */
  private historyFor(generation: number): OrderHistory {
    if (this.past) {
      const { snapshot, ended } = this.past
      this.history = this.files.history(snapshot.history.name, snapshot.history.bytes, ended)
      this.past = undefined
    }
    if (this.history && this.history.written <= this.mostEnded * MOST_WRITTEN) return this.history
    this.history?.close()
    return (this.history = this.files.history(`ended-${generation}`))
  }

  private noteSnapshot(): void {
    this.commands = 0
    this.snapshotMs = this.exchange.state.venue.nowMs
  }

  private refusal(error: unknown): Refusal {
    return diskRefusal(error, this.files.folder)
  }

  private tellOnce(sentence: string): void {
    if (!this.isFailing) this.tell(sentence)
    this.isFailing = true
  }

  private tellOfCut({ cutBytes, isTorn, snapshot }: Past): void {
    if (isTorn)
      return this.tell(
        `The practice exchange's journal ended in the middle of an entry (${cutBytes} bytes were cut off), as after a power cut. Nothing it had confirmed is lost.`,
      )
    const { nowMs } = snapshot.memory.venue
    this.tell(
      `The practice exchange's journal is damaged, and some of what happened after ${isoTime(nowMs as number)} is lost. ${this.files.copyAside(snapshot.generation)}`,
    )
  }

  private startAnew(error: unknown): void {
    this.past = undefined
    const aside = this.files.setAside()
    this.tell(
      `The practice exchange cannot go on with what it kept (${(error as Error).message}), so its accounts begin anew. The old files are in ${aside}.`,
    )
  }
}

/** A price that is followed comes every second, and what it did not reach the disk for, the next one brings. */
function isPrice(entry: JournalEntry): boolean {
  return "command" in entry && entry.command.do === "follow-price"
}
