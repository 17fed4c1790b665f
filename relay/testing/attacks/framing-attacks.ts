import { type Attack, killRequest, request, type Target } from "./attack.ts"

/** Heads that two readers could read differently: a request hides in the body of another. */
export function smugglingAttacks(target: Target): Attack[] {
  const hidden = killRequest(target)
  const size = hidden.length.toString(16)
  const chunked = `${size}\r\n${hidden}\r\n0\r\n\r\n`
  const framings: Record<string, { headers: string[]; body: string }> = {
    "length and chunks": { headers: [`Content-Length: 4`, "Transfer-Encoding: chunked"], body: chunked },
    "chunks and length": {
      headers: ["Transfer-Encoding: chunked", `Content-Length: ${chunked.length}`],
      body: chunked,
    },
    "chunks of nothing before a request": { headers: ["Transfer-Encoding: chunked"], body: `0\r\n\r\n${hidden}` },
    "two lengths": { headers: ["Content-Length: 0", `Content-Length: ${hidden.length}`], body: hidden },
    "two equal lengths": {
      headers: [`Content-Length: ${hidden.length}`, `Content-Length: ${hidden.length}`],
      body: hidden,
    },
    "lengths in a list": { headers: [`Content-Length: 0, ${hidden.length}`], body: hidden },
    "a negative length": { headers: ["Content-Length: -1"], body: hidden },
    "a length with a plus": { headers: [`Content-Length: +${hidden.length}`], body: hidden },
    "a length in hex": { headers: [`Content-Length: 0x${size}`], body: hidden },
    "a length with a point": { headers: [`Content-Length: ${hidden.length}.0`], body: hidden },
    "a length no number holds": { headers: [`Content-Length: ${"9".repeat(30)}`], body: hidden },
    "an empty length": { headers: ["Content-Length: "], body: hidden },
    xchunked: { headers: ["Transfer-Encoding: xchunked"], body: chunked },
    "chunked, identity": { headers: ["Transfer-Encoding: chunked, identity"], body: chunked },
    "gzip, chunked": { headers: ["Transfer-Encoding: gzip, chunked"], body: chunked },
    "chunked twice": { headers: ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], body: chunked },
    "chunked with a tab": { headers: ["Transfer-Encoding:\tchunked"], body: chunked },
    "a space before the colon": { headers: ["Transfer-Encoding : chunked"], body: chunked },
    "a folded header": { headers: ["Transfer-Encoding:\r\n chunked"], body: chunked },
    "a null byte in a header": { headers: ["Transfer-Encoding: chunked\u0000"], body: chunked },
    "a bare line feed": { headers: ["X: a\nTransfer-Encoding: chunked"], body: chunked },
    "a bare carriage return": { headers: ["X: a\rTransfer-Encoding: chunked"], body: chunked },
    "a chunk of endless size": { headers: ["Transfer-Encoding: chunked"], body: `${"f".repeat(20)}\r\n${hidden}` },
    "a chunk of negative size": { headers: ["Transfer-Encoding: chunked"], body: `-1\r\n${hidden}` },
    "a chunk with a long extension": {
      headers: ["Transfer-Encoding: chunked"],
      body: `1;${"x".repeat(20_000)}\r\n0\r\n\r\n`,
    },
    "many small chunks": { headers: ["Transfer-Encoding: chunked"], body: `${"1\r\nx\r\n".repeat(20_000)}0\r\n\r\n` },
    "a trailer that pretends": {
      headers: ["Transfer-Encoding: chunked", "Trailer: Authorization"],
      body: `0\r\nAuthorization: ${target.admin}\r\n\r\n`,
    },
  }
  return ["POST /api/tokens", "GET /api/accounts", "DELETE /api/tokens/x"].flatMap((line) =>
    Object.entries(framings).map(([name, { headers, body }]) => ({
      name: `${line}, ${name}`,
      bytes: request({ line, host: `localhost:${target.port}`, headers }) + body,
      // Refused as it stands, or for want of a token: what is hidden in it is never answered, so there is one answer.
      statuses: [400, 401, 411, 413, 501],
      isUnfinished: true,
    })),
  )
}

/** Heads and bodies beyond what is taken. */
export function floodAttacks({ port, admin }: Target): Attack[] {
  const host = `localhost:${port}`
  const own = [`Authorization: ${admin}`]
  const heads: Record<string, string[]> = {
    "a header of 16 KiB": [`X-Long: ${"x".repeat(16 * 1024)}`],
    "a name of 16 KiB": [`${"x".repeat(16 * 1024)}: 1`],
    "3,000 headers": Array.from({ length: 3_000 }, (_, n) => `x${n}: 1`),
    "3,000 headers of one name": Array.from({ length: 3_000 }, () => `x: 12`),
    "300 cookies": Array.from({ length: 300 }, (_, n) => `Cookie: c${n}=${"x".repeat(60)}`),
    "a token of 16 KiB": [`Authorization: Bearer cw_${"a".repeat(16 * 1024)}`],
  }
  const tooLong = "x".repeat(256 * 1024)
  const bodies: [name: string, headers: string[], body: string][] = [
    ["a body of 256 KiB and a byte", [], `"${tooLong}"`],
    ["a declared gigabyte", ["Content-Length: 1073741824"], "{}"],
    ["a body shorter than it says", ["Content-Length: 100"], "{}"],
    ["packed bytes", ["Content-Encoding: gzip"], "\u001f\u008b\u0008\u0000"],
    ["a promise to go on", ["Expect: 200-maybe"], "{}"],
  ]
  return [
    ...Object.entries(heads).map(([name, headers]) => ({
      name,
      bytes: request({ host, headers: [...headers, ...own] }),
      // Of very many short ones the last are not read, the token among them.
      statuses: [401, 431],
    })),
    {
      name: "an address of 16 KiB",
      bytes: request({ line: `GET /${"a".repeat(16 * 1024)}`, host, headers: own }),
      statuses: [431],
    },
    ...["POST /api/tokens", "POST /api/accounts", "POST /api/bots", "POST /api/pair", "PATCH /api/accounts/x"].flatMap(
      (line) =>
        bodies.map(([name, headers, body]) => ({
          name: `${line}, ${name}`,
          bytes: request({ line, host, headers: [...own, ...headers], body }),
          statuses: [0, 400, 413, 417, 422],
          isUnfinished: name.includes("shorter"),
        })),
    ),
  ]
}

/** What is no HTTP, or ends before it is complete. */
export function brokenAttacks({ port, admin }: Target): Attack[] {
  const own = `Host: localhost:${port}\r\nAuthorization: ${admin}\r\n`
  const texts = [
    "",
    "\u0000\u0001\u0002\r\n\r\n",
    "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    `GET /api/accounts\r\n\r\n`,
    `GET /api/accounts HTTP/9.9\r\n${own}\r\n`,
    `GET /api/accounts HTTP/1.1 HTTP/1.1\r\n${own}\r\n`,
    `\r\n\r\nPOST /api/kill HTTP/1.1\r\n${own}`,
    `POST /api/kill HTTP/1.1\r\n${own}`,
    `POST /api/tokens HTTP/1.1\r\n${own}Content-Length: 99\r\nContent-Type: application/json\r\n\r\n{"name":"x","scope":"admin"}`,
    `POST /api/kill HTTP/1.1\r\n${own}: nameless\r\n\r\n`,
    `POST /api/kill HTTP/1.1\r\n${own}no colon\r\n\r\n`,
    `post /api/kill HTTP/1.1\r\n${own}\r\n`,
    `KILL /api/kill HTTP/1.1\r\n${own}\r\n`,
    `POST\u00a0/api/kill HTTP/1.1\r\n${own}\r\n`,
    `EHLO evil.example\r\n`,
  ]
  return texts.map((bytes) => ({
    name: JSON.stringify(bytes.slice(0, 60)),
    bytes,
    statuses: [0, 400],
    isUnfinished: true,
  }))
}
