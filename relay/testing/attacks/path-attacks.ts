import { type Attack, request, type Target } from "./attack.ts"

/** Ways around the guard of an address: none of them has a token. */
export function pathAttacks({ port }: Target): Attack[] {
  const host = `localhost:${port}`
  const paths = [
    "/x/../api/tokens",
    "/x/%2e%2e/api/tokens",
    "/api/health/../tokens",
    "/api/health/%2e%2e/tokens",
    "/api/md/../tokens",
    "/api/md/binance/../../tokens",
    "/api/md/binance/%2e%2e/%2e%2e/tokens",
    "/./api/tokens",
    "/api/./tokens",
    "//api/tokens",
    "/api//tokens",
    "///api///tokens",
    "/api/tokens/",
    "/api/tokens//",
    "/api/tokens;x=1",
    "/api/tokens%00",
    "/api/tokens%20",
    "/api/tokens%2f",
    "/api%2ftokens",
    "/%61pi/tokens",
    "/%61%70%69/%74okens",
    "/API/tokens",
    "/Api/Tokens",
    "/api\\tokens",
    "\\api\\tokens",
    "/api/tokens?x=/api/health",
    "/api/tokens#/api/health",
    "/api/tokens?proof=",
    "/api/tokens?authorization=Bearer%20cw_x",
    "/api/health%2f..%2ftokens",
    "/api/health/..;/tokens",
    "/api/tokens.json",
    "/api/t\u00f6kens",
    "/\u002f/api/tokens",
    "/api/tokens%c0%af",
    "/api/tokens%u002f",
    "/api/tokens%",
  ]
  const files = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/assets/../../secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/..\\secret.txt",
    "/assets/....//....//secret.txt",
    "/file:///etc/passwd",
    "//etc/passwd",
    "/etc/passwd%00.html",
    "/../data/running.json",
    "/..%2fdata%2frelay.db",
  ]
  return [
    ...[...paths, ...files].map((path) => ({
      name: `GET ${path}`,
      bytes: request({ line: `GET ${path}`, host }),
      statuses: [400, 401, 404, 421],
    })),
    ...paths.map((path) => ({
      name: `POST ${path}`,
      bytes: request({ line: `POST ${path}`, host, body: '{"name":"x","scope":"admin"}' }),
      statuses: [400, 401, 404, 421],
    })),
  ]
}

/** Methods that no route has, and words that pretend another method. */
export function methodAttacks({ port, admin, tokenId }: Target): Attack[] {
  const host = `localhost:${port}`
  const headers = [`Authorization: ${admin}`]
  const unknown = ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "SEARCH", "PURGE", "LINK", "SOURCE", "M-SEARCH", "QUERY"]
  const disguised = ["X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"]
  const paths = ["/api/accounts", "/api/kill", `/api/tokens/${tokenId}`, "/api/events"]
  return [
    ...unknown.flatMap((method) =>
      paths.map((path) => ({
        name: `${method} ${path}`,
        bytes: request({ line: `${method} ${path}`, host, headers }),
        statuses: [0, 400, 404],
      })),
    ),
    ...disguised.flatMap((line) =>
      ["POST", "GET"].map((method) => ({
        name: `${method} as ${line}`,
        bytes: request({ line: `${method} /api/tokens/${tokenId}?_method=DELETE`, host, headers: [...headers, line] }),
        statuses: [404],
      })),
    ),
    ...["/api/tokens", "/api/kill", "/api/bots", "/api/accounts"].map((path) => ({
      name: `a page asks whether it may use ${path}`,
      bytes: request({
        line: `OPTIONS ${path}`,
        host,
        headers: ["Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization"],
      }),
      statuses: [404],
    })),
  ]
}
