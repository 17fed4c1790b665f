import { isIP } from "node:net"
import { Refusal } from "./refusal.ts"
import { isOwnAddress } from "./address-guard.ts"

/** Where the relay is reached from other computers, and by what it knows that a request came that way. */
export type PublicAddress = {
  /** "https://bots.example.org", as browsers write it. */
  origin: string
  /** Whether the computer at a network address is the declared proxy that speaks TLS for us. */
  isProxy: (address: string) => boolean
}

/** How a request reached this computer. */
export type Arrival = {
  host: string | undefined
  /** The network address that sent it; undefined where no server received it. */
  from: string | undefined
  /** It came to our own certificate. */
  isEncrypted: boolean
  forwardedFor: string | undefined
  forwardedProto: string | undefined
}

/** The origin under which a request came, and the network address of who sent it. */
export type Entrance = { origin: string; isPublic: boolean; from: string }

const ownNames = ["localhost", "127.0.0.1", "[::1]"]

/** The addresses under which the relay answers: this computer's own names, and a public one where its owner set it. */
export class Front {
  readonly #host: string | undefined

  constructor(
    /** The port of this computer's own names. */
    readonly port: number,
    private readonly open?: PublicAddress,
  ) {
    this.#host = open && withPort(new URL(open.origin).host, "https")
  }

  /** The address that people open. */
  get home(): string {
    return this.open?.origin ?? `http://localhost:${this.port}`
  }

  get isPublic(): boolean {
    return this.open !== undefined
  }

  /**
   * By which address a request came in. A foreign name in Host means that somebody pointed their own domain at this
   * computer (DNS rebinding); the public name counts only over TLS, ours or the declared proxy's. @throws {Refusal}
   */
  entrance(arrival: Arrival): Entrance {
    const { host, from = "here" } = arrival
    if (this.#host !== undefined && withPort(host, "https") === this.#host) return this.#publicEntrance(arrival, from)
    const isOwn = ownNames.some((name) => withPort(host, "http") === `${name}:${this.port}`)
    const isHere = from === "here" || isOwnAddress(from)
    if (!isOwn || !isHere || arrival.isEncrypted || this.#wasForwarded(arrival)) throw this.wrongName()
    return { origin: `http://${host}`, isPublic: false, from }
  }

  #publicEntrance({ isEncrypted, forwardedFor, forwardedProto }: Arrival, from: string): Entrance {
    const { origin, isProxy } = this.open!
    if (isEncrypted) return { origin, isPublic: true, from }
    if (!isProxy(from) || (forwardedProto ?? "https") !== "https") throw withoutTls
    return { origin, isPublic: true, from: senderBefore(forwardedFor, isProxy) ?? from }
  }

  /** A proxy on this computer that passes Host on wrongly must not make strangers neighbours. */
  #wasForwarded({ forwardedFor, forwardedProto }: Arrival): boolean {
    return this.open !== undefined && (forwardedFor !== undefined || forwardedProto !== undefined)
  }

  /** Whether the declared proxy sent it. */
  isFromProxy(from: string | undefined): boolean {
    return from !== undefined && this.open?.isProxy(from) === true
  }

  /** The refusal of a name that is not ours. */
  wrongName(): Refusal {
    return new Refusal(
      421,
      "wrong-host",
      this.open === undefined
        ? `Candlewright answers only on this computer. Open localhost:${this.port} in the browser that runs on it.`
        : `Candlewright does not answer by this name. Open ${this.open.origin}.`,
    )
  }
}

const withoutTls = new Refusal(
  403,
  "without-tls",
  "This request did not come through the TLS that this Candlewright was set up with. Nothing was done.",
)

/** The last sender that is no proxy of ours: what stands before it, anybody can write. */
function senderBefore(forwardedFor: string | undefined, isProxy: PublicAddress["isProxy"]): string | undefined {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim())
  const sender = hops.findLast((hop) => !isProxy(hop))
  return sender !== undefined && isIP(sender) > 0 ? sender : undefined
}

/** A host with its port spelled out: browsers leave out the usual one. */
export function withPort(host: string | undefined, scheme: "http" | "https"): string | undefined {
  return host === undefined || /:\d+$/.test(host) ? host : `${host}:${scheme === "http" ? 80 : 443}`
}
