import { lookup as lookUp } from "node:dns"
import { request as plainRequest, type IncomingMessage, type RequestOptions } from "node:http"
import { request as securedRequest } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Surroundings } from "../surroundings.ts"
import { mayReach } from "./address-guard.ts"

/** What a person's own address answered. */
export type PostAnswer = { status: number; text: string; headers: IncomingMessage["headers"] }

type Post = {
  url: URL
  body: string
  headers?: Record<string, string>
  /** It is a program on this computer, and nothing else. */
  isLocal: boolean
  surroundings: Pick<Surroundings, "after">
}

const ANSWER_WITHIN_MS = 30_000
const MOST_ANSWER_BYTES = 1_048_576

/**
 * Sends JSON to an address that a person gave: to the address that was checked and no other, without following it
 * elsewhere, within 30 seconds. Throws where it may not or cannot be reached.
 */
export function guardedPost({ url, body, headers, isLocal, surroundings }: Post): Promise<PostAnswer> {
  refuseAddress(url, { isLocal })
  const request = url.protocol === "https:" ? securedRequest : plainRequest
  const options: RequestOptions = {
    method: "POST",
    lookup: checkedLookup(isLocal),
    agent: false,
    headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers },
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => read(answer).then(resolve, reject))
    const cancel = surroundings.after(ANSWER_WITHIN_MS, () => sent.destroy(new Error("it does not answer")))
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

async function read(answer: IncomingMessage): Promise<PostAnswer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > MOST_ANSWER_BYTES) throw new Error("its answer is too long")
    pieces.push(piece)
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8"), headers: answer.headers }
}
