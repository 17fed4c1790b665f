import type { AskOverHttp } from "../../exchange/ccxt/ccxt-client.ts"
import type { InProcess, InProcessSocket } from "../../exchange/simulated/in-process.ts"
import type { Step } from "../../ledger/step.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import type { Cancel, Surroundings } from "../../surroundings.ts"
import type { CrashPoints, Effect } from "./crash-points.ts"
import { never } from "./never.ts"

/**
 * One life of the relay, from its start to its crash. All that it reaches the world by goes through here: after the
 * crash no timer fires, no answer arrives, nothing is written and nothing leaves.
 */
export class Life {
  isOver = false
  readonly surroundings: Surroundings
  readonly #sockets: InProcessSocket[] = []

  constructor(
    time: Surroundings,
    private readonly crashes: CrashPoints,
  ) {
    this.surroundings = { ...plain(time), after: this.#after(time), every: this.#every(time) }
  }

  /** The power goes. */
  crash(): void {
    this.isOver = true
    for (const socket of this.#sockets.splice(0)) {
      socket.removeAllListeners()
      socket.on("error", () => {})
      socket.terminate()
    }
  }

  /** The exchange over the network. `edit` changes what an answer says. */
  fetch(inside: InProcess, edit: (url: string, text: string) => string): AskOverHttp {
    return async (url, init) => {
      const { method = "GET" } = init as { method?: string }
      const what = method === "GET" ? undefined : `${method} ${new URL(url).pathname}`
      if (this.isOver || this.#dies(what, "before")) return never()
      const answer = inside.fetch(url, init as Parameters<InProcess["fetch"]>[1])
      if (this.#dies(what, "sent")) {
        answer.catch(() => {})
        return never()
      }
      const heard = await answer.then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      )
      if (this.isOver || this.#dies(what, "after")) return never()
      if ("error" in heard) throw heard.error
      return edited(heard.response, (text) => edit(url, text))
    }
  }

  socket(inside: InProcess): (url: string) => InProcessSocket {
    return (url) => {
      const socket = inside.socket(url)
      this.#sockets.push(socket)
      return socket
    }
  }

  /** The disk. */
  ledger(ledger: Ledger, disk: { isFull: boolean }): Ledger {
    const keep: Ledger["keep"] = async (bot, step) => {
      const what = `keep ${contents(step)}`
      if (this.isOver || this.#dies(what, "before")) return never()
      if (disk.isFull) throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" })
      await ledger.keep(bot, step)
      return this.#dies(what, "after") ? never() : undefined
    }
    const own = (name: string | symbol) => {
      if (name === "keep") return keep
      const value: unknown = Reflect.get(ledger, name, ledger)
      if (typeof value !== "function") return value
      return (...words: unknown[]) => {
        const answer: unknown = value.apply(ledger, words)
        return answer instanceof Promise ? answer.then((given: unknown) => (this.isOver ? never() : given)) : answer
      }
    }
    return new Proxy(ledger, { get: (_, name) => own(name) })
  }

  /** Lets a listener hear only as long as it lives. */
  heard<Heard>(hear: (heard: Heard) => void): (heard: Heard) => void {
    return (heard) => {
      if (!this.isOver) hear(heard)
    }
  }

  #dies(what: string | undefined, at: Effect["at"]): boolean {
    if (what === undefined || this.isOver) return this.isOver
    if (this.crashes.reach({ at, what })) this.crash()
    return this.isOver
  }

  #after =
    (time: Surroundings): Surroundings["after"] =>
    (ms, act) =>
      time.after(ms, () => {
        if (!this.isOver) act()
      })

  #every =
    (time: Surroundings): Surroundings["every"] =>
    (ms, act) => {
      const cancel: Cancel = time.every(ms, () => {
        if (this.isOver) cancel()
        else act()
      })
      return cancel
    }
}

function plain(time: Surroundings): Surroundings {
  const { nowMs, steadyMs, random, after, every, giveWay, secret, secretBytes } = time
  return { nowMs, steadyMs, random, after, every, giveWay, secret, secretBytes }
}

/** What a step writes, in a word or two. */
function contents({ orders = [], fills = [], state, standing }: Step): string {
  const planned = orders.some(({ status }) => status === "planned") ? "planned" : ""
  const words = [planned, orders.length > 0 ? "orders" : "", fills.length > 0 ? "fills" : ""]
  return [...words, state ? "state" : "", standing ? "standing" : ""].filter((word) => word !== "").join(" ")
}

async function edited(response: Response, edit: (text: string) => string): Promise<Response> {
  const text = await response.text()
  return new Response(edit(text), { status: response.status, headers: response.headers })
}
