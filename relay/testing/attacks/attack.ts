/** One request of somebody who means harm, as raw bytes. */
export type Attack = {
  name: string
  bytes: string
  /** With what it may be answered, each answer of the connection; 0: it is closed without a word. */
  statuses: readonly number[]
  /** Its sender hangs up halfway: it is never complete. */
  isUnfinished?: boolean
}

/** The relay that is attacked, and what its owner has there. */
export type Target = {
  port: number
  /** Authorizations, each good but for the words of its name. */
  admin: string
  trade: string
  read: string
  research: string
  revoked: string
  expired: string
  /** A thing there is of each kind that has an address. */
  accountId: string
  tokenId: string
  device: PairedDevice
}

/** A paired browser: signs whatever it is given. */
export type PairedDevice = {
  id: string
  run: string
  proof: (claims: { method: string; path: string; [name: string]: unknown }) => string
}

export type Asked = {
  /** Method and address: "GET /api/accounts". */
  line?: string
  /** Undefined leaves the header out. */
  host: string | undefined
  /** Further lines of the head. */
  headers?: readonly string[]
  body?: string
}

/** The bytes of a request that says what it must and is the last of its connection. */
export function request({ line = "GET /api/accounts", host, headers = [], body }: Asked): string {
  const described =
    body === undefined
      ? []
      : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body, "latin1")}`].filter(
          (one) => !headers.some((other) => nameOf(other) === nameOf(one)),
        )
  const named = host === undefined ? [] : [`Host: ${host}`]
  return [`${line} HTTP/1.1`, ...named, "Connection: close", ...described, ...headers, "", body ?? ""].join("\r\n")
}

function nameOf(header: string): string {
  return header.split(":")[0].toLowerCase()
}

/** The head of a WebSocket; its Connection takes the place of the usual one. */
export function upgrade({ line = "GET /api/events", host, headers = [] }: Asked): string {
  return request({ line, host, headers: [...webSocket, ...headers] }).replace(
    "Connection: close",
    "Connection: Upgrade",
  )
}

const webSocket = ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]

/** A request that would turn everything off, with the right to do so. */
export function killRequest({ port, admin }: Target): string {
  return request({
    line: "POST /api/kill",
    host: `localhost:${port}`,
    headers: [`Authorization: ${admin}`, "Content-Length: 0"],
  })
}
