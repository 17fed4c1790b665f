import type { Connection } from "../streams/connection.ts"

/** What a client sends on a socket. */
export type BybitMessage = { op: string; reqId: string | undefined; args: unknown[] }

/** A client's message; undefined when it is none. */
export function bybitMessageFrom(text: string): BybitMessage | undefined {
  const parsed = parsedOrUndefined(text)
  if (typeof parsed !== "object" || parsed === null) return undefined
  const { op, req_id: reqId, args } = parsed as Record<string, unknown>
  if (typeof op !== "string") return undefined
  const id = typeof reqId === "string" || typeof reqId === "number" ? String(reqId) : undefined
  return { op, reqId: id, args: Array.isArray(args) ? args : [] }
}

/** A connection's name in every answer on it. */
export function connectionId({ connectedMs, address }: Connection, number: number): string {
  return `${connectedMs.toString(36)}-${address.length}-${number}`
}

/** The answer to a message: whether it was carried out, and words. */
export function socketAnswer(
  { op, reqId }: { op: string; reqId: string | undefined },
  { success, words, connId }: { success: boolean; words: string; connId: string },
) {
  return { success, ret_msg: words, conn_id: connId, ...(reqId === undefined ? {} : { req_id: reqId }), op }
}

/** Of a topic's name that nobody knows, this much is repeated. */
const MOST_LETTERS = 100

/** What is wrong with the topics somebody names; undefined when all are known. */
export function unknownTopic(args: readonly unknown[], isKnown: (name: string) => boolean): string | undefined {
  const unknown = args.length === 0 ? "" : args.find((name) => typeof name !== "string" || !isKnown(name))
  if (unknown === undefined) return undefined
  const name = typeof unknown === "string" ? unknown : JSON.stringify(unknown)
  return `error:handler not found,topic:${name.slice(0, MOST_LETTERS)}`
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
