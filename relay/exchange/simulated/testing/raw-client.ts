import { hmacSignature } from "../account/signature.ts"

type Keys = { rest: string; apiKey: string; secret: string }

/**
 * The smallest client of the REST protocol: signs `params` and sends them unchanged, so that a test (or a user of
 * `curl`) decides exactly what goes over the wire. Returns status, headers and the raw text.
 */
export async function ask(
  { rest, apiKey, secret }: Keys,
  method: string,
  path: string,
  params: Record<string, string | number> = {},
  more: { unsigned?: boolean; nowMs?: number } = {},
) {
  const all = more.unsigned ? params : { ...params, timestamp: more.nowMs ?? Date.now() }
  const query = new URLSearchParams(
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)])),
  ).toString()
  const signed = more.unsigned ? query : `${query}&signature=${hmacSignature(secret, query)}`
  const response = await fetch(`${rest.replace("/api/v3", "")}${path}?${signed}`, {
    method,
    headers: { "x-mbx-apikey": apiKey },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
}

/** The control plane's answer about a new account; any other answer is `{ ok }` or `{ error }`. */
type ControlAnswer = { accountId: number; apiKey: string; secret: string }

/** Sends a command to the control plane. */
export async function command(control: string, path: string, body: unknown, method = "POST") {
  const response = await fetch(control + path, {
    method,
    headers: { "content-type": "application/json" },
    body: method === "DELETE" ? undefined : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as ControlAnswer }
}
