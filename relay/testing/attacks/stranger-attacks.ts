import { type Attack, request, type Target, upgrade } from "./attack.ts"

/** What a page or program of somebody else asks for; with the owner's own token, so that nothing else refuses it. */
const aims = [
  "GET /",
  "GET /api/health",
  "GET /api/accounts",
  "POST /api/kill",
  "DELETE /api/tokens/x",
  "POST /api/pair",
]
const streams = [
  "GET /api/events",
  "GET /api/md/binance/stream/ws/btcusdt@trade",
  "GET /api/md/practice/stream",
  "GET /",
]

/** Names that are not exactly ours: other hosts, tricks of spelling, and names that were led to this computer. */
const hosts = (port: number): (string | undefined)[] => [
  undefined,
  "",
  "evil.example",
  `evil.example:${port}`,
  "localhost",
  "localhost:1",
  `localhost:0${port}`,
  `localhost.:${port}`,
  `LOCALHOST:${port}`,
  `localhost :${port}`,
  `127.0.0.1.:${port}`,
  `127.1:${port}`,
  `127.0.0.2:${port}`,
  `2130706433:${port}`,
  `0x7f.0.0.1:${port}`,
  `0.0.0.0:${port}`,
  `[::2]:${port}`,
  `[::]:${port}`,
  `[0:0:0:0:0:0:0:1]:${port}`,
  `[::ffff:127.0.0.1]:${port}`,
  `[::1%25lo]:${port}`,
  `::1:${port}`,
  `localhost:${port}@evil.example`,
  `evil.example@localhost:${port}`,
  `me:secret@localhost:${port}`,
  `localhost:${port}, evil.example`,
  `localhost:${port}/evil.example`,
  `localhost:${port}#evil.example`,
  // DNS rebinding: names of others that lead here.
  `localtest.me:${port}`,
  `127.0.0.1.nip.io:${port}`,
  `localhost.evil.example:${port}`,
  `rebind.evil.example:${port}`,
]

/** Requests and upgrades under a name that is not ours. */
export function hostAttacks({ port, admin }: Target): Attack[] {
  const headers = [`Authorization: ${admin}`]
  const statuses = [400, 421]
  return hosts(port).flatMap((host) => [
    ...aims.map((line) => ({
      name: `${line} at ${host}`,
      bytes: request({ line, host, headers, body: line.startsWith("POST") ? "{}" : undefined }),
      statuses,
    })),
    ...streams.map((line) => ({
      name: `stream ${line} at ${host}`,
      bytes: upgrade({ line, host, headers }),
      statuses,
    })),
  ])
}

/** Whole addresses in the request that contradict its Host, and Host said twice. */
export function addressAttacks({ port, admin }: Target): Attack[] {
  const own = `localhost:${port}`
  const headers = [`Authorization: ${admin}`]
  const statuses = [400, 403, 404, 421]
  const pairs: [address: string, host: string][] = [
    ["http://evil.example/api/accounts", own],
    [`http://evil.example:${port}/api/accounts`, own],
    [`http://${own}/api/accounts`, "evil.example"],
    [`http://${own}/api/accounts`, `127.0.0.1:${port}`],
    [`http://${own}@evil.example/api/accounts`, own],
    [`https://evil.example/api/accounts`, own],
    [`http:///api/accounts`, own],
    [`file:///etc/passwd`, own],
    [`javascript:alert(1)`, own],
    ["evil.example:443", own],
    ["*", own],
  ]
  const twice = [
    ["evil.example", own],
    [own, "evil.example"],
    [own, own],
  ]
  return [
    ...pairs.flatMap(([address, host]) => [
      { name: `${address} at ${host}`, bytes: request({ line: `GET ${address}`, host, headers }), statuses },
      { name: `stream ${address} at ${host}`, bytes: upgrade({ line: `GET ${address}`, host, headers }), statuses },
    ]),
    ...twice.flatMap(([first, second]) =>
      [request, upgrade].map((bytesOf) => ({
        name: `Host ${first} and ${second}, ${bytesOf.name}`,
        bytes: bytesOf({ line: "GET /api/accounts", host: first, headers: [...headers, `Host: ${second}`] }),
        statuses: [400, 421],
      })),
    ),
  ]
}

/** What a browser says of a page that is not ours. */
const pages = (port: number): string[][] => [
  ["Origin: https://evil.example"],
  ["Origin: http://evil.example"],
  ["Origin: null"],
  ["Origin: "],
  ["Origin: http://localhost"],
  ["Origin: http://localhost:3000"],
  [`Origin: http://127.0.0.1:${port}`],
  [`Origin: https://localhost:${port}`],
  [`Origin: http://localhost:${port}.evil.example`],
  [`Origin: http://localhost:${port}@evil.example`],
  [`Origin: http://localhost:${port}/`],
  [`Origin: http://localhost:${port}`, "Origin: https://evil.example"],
  ["Origin: https://evil.example", `Origin: http://localhost:${port}`],
  ["Origin: chrome-extension://abcdefghijklmnop"],
  ["Sec-Fetch-Site: cross-site"],
  ["Sec-Fetch-Site: same-site"],
  ["Sec-Fetch-Site: SAME-ORIGIN"],
  ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
  ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
  ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
  ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"],
]

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

/** Requests and upgrades of pages that are not ours, by every method. */
export function pageAttacks({ port, admin }: Target): Attack[] {
  const host = `localhost:${port}`
  return pages(port).flatMap((said) => {
    const headers = [`Authorization: ${admin}`, ...said]
    return [
      ...methods.map((method) => ({
        name: `${method} from ${said.join(", ")}`,
        bytes: request({ line: `${method} /api/accounts`, host, headers, body: isWriting(method) ? "{}" : undefined }),
        statuses: [403],
      })),
      ...streams.slice(0, 3).map((line) => ({
        name: `stream ${line} from ${said.join(", ")}`,
        bytes: upgrade({ line, host, headers }),
        statuses: [403],
      })),
    ]
  })
}

function isWriting(method: string): boolean {
  return ["POST", "PUT", "PATCH"].includes(method)
}
