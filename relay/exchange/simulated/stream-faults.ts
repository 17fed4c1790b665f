/** What goes wrong on the way of a stream's messages. Counts say how many of the next messages are meant. */
export type StreamTrouble = {
  /** The next messages never arrive (F35). */
  lose: number
  /** The next messages arrive twice (F36). */
  duplicate: number
  /** The next messages are held and then arrive in reverse (F37). */
  reverse: number
  /** Every message is late by this many real milliseconds (F38, F64). */
  delayMs: number
  /** Nothing is sent while the socket stays open (F67). */
  isFrozen: boolean
  /** New subscriptions to the user stream are refused with this code (F39). */
  refuseSubscription: number | undefined
  /** No pings are sent (F34). */
  isPingless: boolean
}

/** No trouble at all. */
export function noTrouble(): StreamTrouble {
  return { lose: 0, duplicate: 0, reverse: 0, delayMs: 0, isFrozen: false, refuseSubscription: undefined, isPingless: false }
}

/** Lets messages through a stream as its trouble wants: late, twice, backwards, or not at all. */
export class TroubledPath {
  private readonly held: (() => void)[] = []

  constructor(readonly trouble: StreamTrouble) {}

  pass(deliver: () => void): void {
    const { trouble } = this
    if (trouble.isFrozen) return
    if (trouble.lose > 0) return void trouble.lose--
    if (trouble.reverse > 0) return this.hold(deliver)
    const times = trouble.duplicate > 0 ? 2 : 1
    if (times === 2) trouble.duplicate--
    for (let sent = 0; sent < times; sent++) this.send(deliver)
  }

  private hold(deliver: () => void): void {
    this.held.unshift(deliver)
    if (--this.trouble.reverse === 0) for (const late of this.held.splice(0)) this.send(late)
  }

  private send(deliver: () => void): void {
    if (this.trouble.delayMs > 0) setTimeout(deliver, this.trouble.delayMs)
    else deliver()
  }
}
