import { hmacSignature } from "../../account/signature.ts"
import type { BybitPlace } from "./bybit-clients.ts"

/** What a test changes of a request: its key, when it says it was sent, its signature, or its body as text. */
export type Changed = { apiKey?: string; atMs?: number; window?: string; signature?: string; body?: string }

/** An answer of Bybit's, and how it came. */
export type BybitAnswer = {
  status: number
  headers: Headers
  text: string
  retCode: number
  retMsg: string
  result: any
}

/** The smallest client of Bybit's REST: signs what it is given and sends exactly that. */
export async function askBybit(
  { addresses, apiKey: usual, secret }: BybitPlace,
  method: "GET" | "POST",
  path: string,
  params: Record<string, unknown> = {},
  { apiKey = usual, atMs = Date.now(), window = "5000", signature, body: asIs }: Changed = {},
): Promise<BybitAnswer> {
  const query = method === "GET" ? new URLSearchParams(params as Record<string, string>).toString() : ""
  const body = method === "GET" ? undefined : (asIs ?? JSON.stringify(params))
  const sign = signature ?? hmacSignature(secret, `${atMs}${apiKey}${window}${body ?? query}`)
  const headers = {
    "x-bapi-api-key": apiKey,
    "x-bapi-timestamp": String(atMs),
    "x-bapi-recv-window": window,
    "x-bapi-sign": sign,
    "content-type": "application/json",
  }
  const answer = await fetch(`${addresses.rest}${path}${query === "" ? "" : `?${query}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  const said = text.startsWith("{") ? (JSON.parse(text) as Partial<BybitAnswer>) : {}
  return { status: answer.status, headers: answer.headers, text, retCode: -1, retMsg: "", result: {}, ...said }
}
