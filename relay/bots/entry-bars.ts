import type { EventAbout } from "../ledger/bot-event.ts"
import type { BarName, EntryBar } from "../ledger/entry-bar.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { handOf } from "../ledger/own-order.ts"

type BarDeps = { accountId: string; ledger: Pick<Ledger, "bars" | "keep"> }

/** Why an account buys nothing for now: kept, so that neither a gain nor a restart lifts it before its time. */
export class EntryBars {
  #bars: Promise<Map<BarName, EntryBar>> | undefined
  /** Those that could not be written yet: they hold all the same. */
  readonly #unkept = new Set<BarName>()
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly deps: BarDeps) {}

  /** Those that hold at a time of the exchange. */
  async at(nowMs: number): Promise<EntryBar[]> {
    return [...(await this.#all()).values()].filter((bar) => holds(bar, nowMs))
  }

  /** From now on it holds, and its owner hears so once; nothing where it holds already. */
  raise(bar: EntryBar, event: { words: string; about: EventAbout }): Promise<void> {
    const raised = this.#last.then(() => this.#raise(bar, event))
    this.#last = raised.catch(() => {})
    return raised
  }

  async #raise(bar: EntryBar, event: { words: string; about: EventAbout }): Promise<void> {
    const all = await this.#all()
    const known = all.get(bar.name)
    const isKnown = known !== undefined && holds(known, bar.sinceMs)
    if (isKnown && !this.#unkept.has(bar.name)) return
    if (!isKnown) all.set(bar.name, bar)
    this.#unkept.add(bar.name)
    await this.#keep(all.get(bar.name)!, [{ kind: "risk", ...event }])
    this.#unkept.delete(bar.name)
  }

  /** Its owner says that it is over; when that was stays known. */
  async lift(name: BarName, nowMs: number): Promise<void> {
    const all = await this.#all()
    const known = all.get(name)
    if (known === undefined) return
    const lifted = { ...known, untilMs: nowMs }
    await this.#keep(lifted, [])
    all.set(name, lifted)
    this.#unkept.delete(name)
  }

  /** Until when the last one of this name held or will hold; undefined where there was none, or it has no end yet. */
  async endOf(name: BarName): Promise<number | undefined> {
    return (await this.#all()).get(name)?.untilMs ?? undefined
  }

  #keep(bar: EntryBar, events: Parameters<Ledger["keep"]>[1]["events"]): Promise<void> {
    const { accountId, ledger } = this.deps
    return ledger.keep({ id: handOf(accountId), accountId }, { bar, events })
  }

  #all(): Promise<Map<BarName, EntryBar>> {
    this.#bars ??= this.deps.ledger
      .bars(this.deps.accountId)
      .then((kept) => new Map(kept.map((bar) => [bar.name, bar])))
    this.#bars.catch(() => (this.#bars = undefined))
    return this.#bars
  }
}

function holds({ untilMs }: EntryBar, nowMs: number): boolean {
  return untilMs === null || nowMs < untilMs
}
