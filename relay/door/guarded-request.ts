import { lookup as lookUp } from "node:dns"
import { request as plainRequest, type IncomingMessage, type RequestOptions } from "node:http"
import { request as securedRequest } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Surroundings } from "../surroundings.ts"
import { mayReach } from "./address-guard.ts"

export type GuardedRequest = {
  method: "GET" | "POST"
  url: URL
  body?: string | Uint8Array
  headers?: Record<string, string>
  /** It is a program on this computer, and nothing else. */
  isLocal: boolean
  surroundings: Pick<Surroundings, "after">
  signal?: AbortSignal
}

const ANSWER_WITHIN_MS = 30_000

/**
 * Sends a request to an address that a person gave: to the address that was checked and no other, without following it
 * elsewhere. Answers with the head of the answer, which must come within `withinMs`; throws where it may not or cannot
 * be reached.
 */
export function guardedRequest(asked: GuardedRequest, withinMs = ANSWER_WITHIN_MS): Promise<IncomingMessage> {
  const { method, url, body, headers, isLocal, surroundings, signal } = asked
  refuseAddress(url, { isLocal })
  const request = url.protocol === "https:" ? securedRequest : plainRequest
  const length =
    body === undefined ? {} : { "content-length": Buffer.byteLength(body), "content-type": "application/json" }
  const options: RequestOptions = {
    method,
    lookup: checkedLookup(isLocal),
    agent: false,
    headers: { ...length, ...headers },
    signal,
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      cancel()
      resolve(answer)
    })
    const cancel = surroundings.after(withinMs, () => sent.destroy(new Error("it does not answer")))
    sent.on("close", cancel).on("error", reject).end(body)
  })
}

/** Throws a sentence's end for an address that is not allowed, as far as its text says so. */
export function refuseAddress(url: URL, { isLocal }: { isLocal: boolean }): void {
  if (url.username !== "" || url.password !== "") throw new Error("a name or password in the address is not taken")
  if (url.protocol !== "https:" && !(isLocal && url.protocol === "http:"))
    throw new Error(isLocal ? "it begins with neither https:// nor http://" : "it does not begin with https://")
  const host = url.hostname.replace(/^\[|\]$/g, "")
  if (isIP(host) !== 0 && !mayReach(host, { isLocal })) throw new Error(notAllowed(isLocal))
}

/** Resolves a name and lets only addresses through that may be reached: what is checked is what is connected to. */
function checkedLookup(isLocal: boolean): LookupFunction {
  return (name, options, done) =>
    lookUp(name, { ...options, all: true }, (error, found) => {
      const bad =
        error ?? (found.every(({ address }) => mayReach(address, { isLocal })) ? null : new Error(notAllowed(isLocal)))
      if (bad !== null || found.length === 0) return done(bad ?? new Error("its name leads nowhere"), [])
      if (options.all) return done(null, found)
      return done(null, found[0].address, found[0].family)
    })
}

function notAllowed(isLocal: boolean): string {
  return isLocal ? "it is not on this computer" : "it is inside a private network"
}
