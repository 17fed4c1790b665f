import type { Surroundings } from "../../../surroundings.ts"

/** What goes wrong with a stream's messages on their way. Counts are numbers of next messages. */
export type StreamTrouble = {
  /** The next messages never arrive (F35). */
  lose: number
  /** The next messages arrive twice (F36). */
  duplicate: number
  /** The next messages are held and then arrive in reverse (F37). */
  reverse: number
  /** Every message is late by this many real milliseconds (F38, F64). */
  delayMs: number
  /** The message that closes a candle is late by this many real milliseconds, or never comes (F64). */
  closeDelayMs: number
  isCloseless: boolean
  /** The next trades show ten times their price (F68). */
  badTicks: number
  /** Sends nothing while the socket stays open (F67). */
  isFrozen: boolean
  /** Refuses new subscriptions to the user stream with this code (F39). */
  refuseSubscription: number | undefined
  /** Sends no pings (F34). */
  isPingless: boolean
}

/** Passes messages through a stream with its trouble: late, twice, backwards, or not at all. */
export class TroubledPath {
  private readonly held: (() => void)[] = []

  readonly trouble = noTrouble()

  constructor(private readonly surroundings: Surroundings) {}

  /** `isClose` says that the message closes a candle. */
  pass(deliver: () => void, isClose = false): void {
    const { trouble } = this
    if (trouble.isFrozen || (isClose && trouble.isCloseless)) return
    if (isClose && trouble.closeDelayMs > 0) return void this.surroundings.after(trouble.closeDelayMs, deliver)
    if (trouble.lose > 0) return void trouble.lose--
    if (trouble.reverse > 0) return this.hold(deliver)
    const times = trouble.duplicate > 0 ? 2 : 1
    if (times === 2) trouble.duplicate--
    for (let sent = 0; sent < times; sent++) this.send(deliver)
  }

  /** A trade as published. */
  tick<Trade extends { price: bigint }>(trade: Trade): Trade {
    if (this.trouble.badTicks === 0) return trade
    this.trouble.badTicks--
    return { ...trade, price: trade.price * 10n }
  }

  private hold(deliver: () => void): void {
    this.held.unshift(deliver)
    if (--this.trouble.reverse === 0) for (const late of this.held.splice(0)) this.send(late)
  }

  private send(deliver: () => void): void {
    if (this.trouble.delayMs > 0) this.surroundings.after(this.trouble.delayMs, deliver)
    else deliver()
  }
}

/** No trouble at all. */
function noTrouble(): StreamTrouble {
  return {
    lose: 0,
    duplicate: 0,
    reverse: 0,
    delayMs: 0,
    closeDelayMs: 0,
    isCloseless: false,
    badTicks: 0,
    isFrozen: false,
    refuseSubscription: undefined,
    isPingless: false,
  }
}
