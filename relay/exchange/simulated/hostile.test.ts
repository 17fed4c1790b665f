import { connect } from "node:net"
import fc from "fast-check"
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../door/message-text.ts"
import { hmacSignature, webSocketPayload } from "./account/signature.ts"
import { operations } from "./protocol/operations.ts"
import { ask, command } from "./testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "./simulated-exchange.ts"
import { realSurroundings } from "../../surroundings.ts"

// Whatever arrives, by whichever door: the exchange answers, keeps running, and is never surprised.

let exchange: SimulatedExchange
let surprises: MockInstance
const roomy = { weightPerMinute: 1e9, rawPer5Minutes: 1e9, connectionsPer5Minutes: 1e9, ordersPer10Seconds: 1e9 }

beforeAll(async () => {
  exchange = await startSimulatedExchange(
    { seed: 3, speed: "stepped", historyDays: 3, pagesPort: 0, limits: roomy },
    realSurroundings(),
  )
})
afterAll(() => exchange.stop())
beforeEach(() => {
  surprises = vi.spyOn(console, "error")
})
afterEach(async () => {
  const { calls } = surprises.mock
  surprises.mockRestore()
  const { status } = await fetch(`${exchange.rest}/time`)
  if (calls.length > 0 || status !== 200) throw new Error(`the exchange was surprised (${status})`, { cause: calls[0] })
})

/** Texts that an attacker, or a broken program, puts where a name or a number belongs. */
const nasty = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"),
  fc.constantFrom(
    "%zz",
    "%25zz",
    "%",
    "%00",
    "%E0%A4%A",
    "//",
    "//[",
    "http://[",
    "..",
    "\\",
    "?",
    "#",
    "é",
    "\u{1f4a5}",
  ),
  fc.constantFrom("", "0", "-1", "1e999", "NaN", "Infinity", "9".repeat(20), "9".repeat(400), "0.000000001", "null"),
  fc.constantFrom(
    "true",
    "[]",
    "{}",
    '["BTCUSDT"]',
    "[[[[",
    "BTCUSDT",
    "1m",
    "1M",
    "BUY",
    "LIMIT",
    "GTC",
    "+14:00",
    "1:15",
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.integer().map(String),
)

const address = fc.oneof(
  fc
    .tuple(fc.constantFrom("/ws/", "/stream?streams=", "/ws-api/v3?timeUnit=", "/api/v3/", "/"), nasty)
    .map(([path, text]) => path + text),
  nasty,
)

/** Sends bytes over a raw connection; returns the first answer, or that the connection was cut. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"))
    const end = (heard: string) => {
      socket.destroy()
      resolve(heard)
    }
    socket.once("data", (bytes) => end(bytes.toString("latin1")))
    socket.once("close", () => end("cut off"))
    socket.once("error", () => end("cut off"))
  })
}

const upgradeLines =
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

test("upgrades to meaningless addresses are answered on both ports", async () => {
  const ports = [new URL(exchange.rest).port, new URL(exchange.pages!).port].map(Number)
  const sent = fc.record({ target: address, port: fc.constantFrom(...ports), frames: fc.string({ unit: "binary" }) })
  await fc.assert(
    fc.asyncProperty(sent, async ({ target, port, frames }) => {
      const line = target.replace(/[\r\n ]/g, "") || "/"
      const heard = await sendRaw(port, `GET ${line} HTTP/1.1\r\nHost: localhost\r\n${upgradeLines}\r\n${frames}`)
      expect(heard).toMatch(/^HTTP\/1\.1 (101|4\d\d) |^cut off$/)
    }),
    { numRuns: 300 },
  )
})

test.each(["//", "//[", "http://[", "/ws/%zz", "/stream?streams=%25zz", "/stream?streams=%zz", "/ws-api/v3?%zz=%zz"])(
  "an upgrade to %s is answered",
  async (target) => {
    const heard = await sendRaw(
      Number(new URL(exchange.rest).port),
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${upgradeLines}\r\n`,
    )
    expect(heard).toMatch(/^HTTP\/1\.1 (101|400|404) /)
  },
)

const names = fc.oneof(
  fc.constantFrom("symbol", "side", "type", "timeInForce", "quantity", "price", "stopPrice", "interval", "timeZone"),
  fc.constantFrom("startTime", "endTime", "limit", "symbols", "windowSize", "fromId", "orderId", "origClientOrderId"),
  fc.constantFrom("newClientOrderId", "cancelReplaceMode", "trailingDelta", "aboveType", "workingType", "recvWindow"),
  nasty,
)
const params = fc.array(fc.tuple(names, nasty), { maxLength: 8 })
/** Often includes the parameters a request needs to pass the first check. */
const mostlySensible = fc
  .tuple(
    fc.constantFrom(
      {},
      { symbol: "BTCUSDT" },
      { symbol: "BTCUSDT", interval: "1M", startTime: "0" },
      { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "50000" },
    ),
    params,
  )
  .map(([sensible, strange]): [string, string][] => [...Object.entries(sensible), ...strange])

test("whatever parameters a REST request has, signed or not, it is answered or refused", async () => {
  const routes = operations.flatMap(({ rest }) => (rest ? [rest] : []))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), mostlySensible, fc.boolean(), async (route, sent, isSigned) => {
      const [method, path] = route.split(" ")
      const answer = await ask(exchange, method, path, Object.fromEntries(sent), { unsigned: !isSigned })
      expect([route, answer.status < 500, answer.text.length > 0]).toEqual([route, true, true])
    }),
    { numRuns: 600 },
  )
})

const json = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.oneof(nasty, fc.jsonValue())))
const methods = fc.oneof(
  fc.constantFrom(...operations.map(({ name }) => name)),
  nasty,
  fc.constantFrom(
    "session.logon",
    "session.status",
    "userDataStream.subscribe.signature",
    "userDataStream.unsubscribe",
    "SUBSCRIBE",
    "LIST_SUBSCRIPTIONS",
  ),
)

test("every message to the WebSocket API is answered, methods that every object has included", async () => {
  const { socket, heard } = await opened(exchange.wsApi)
  const message = fc.oneof(
    fc.tuple(methods, mostlySensible, fc.boolean()).map(([method, sent, isSigned]) =>
      JSON.stringify({
        id: 1,
        method,
        params: isSigned ? signed(Object.fromEntries(sent)) : Object.fromEntries(sent),
      }),
    ),
    fc.tuple(methods, json).map(([method, params]) => JSON.stringify({ id: 1, method, params })),
    fc.json(),
    nasty,
  )
  for (const text of ["__proto__", "toString", "constructor"].map((method) => JSON.stringify({ id: 7, method })))
    socket.send(text)
  const texts = fc.sample(message, 600)
  for (const text of texts) socket.send(text)
  await expect.poll(() => heard.length, { timeout: 30_000 }).toBe(texts.length + 3)
  expect(heard.filter(({ status }) => status === 500)).toEqual([])
  expect(heard.filter(({ id }) => id === 7).map(({ status, error }) => [status, error.code])).toEqual(
    Array.from({ length: 3 }, () => [400, -1000]),
  )
  socket.terminate()
})

test("every message on a market stream is answered or ends that one socket", async () => {
  const stream = fc.oneof(
    nasty,
    fc
      .tuple(
        fc.constantFrom("btcusdt", "toString", "!ticker_1h"),
        fc.constantFrom("trade", "kline_1m", "kline_toString", "arr", "depth@x", "ticker_constructor"),
        nasty,
      )
      .map((parts) => parts.join("@")),
  )
  const message = fc.oneof(
    fc
      .tuple(
        fc.constantFrom("SUBSCRIBE", "UNSUBSCRIBE", "SET_PROPERTY", "__proto__"),
        fc.array(fc.oneof(stream, fc.jsonValue())),
      )
      .map(([method, params]) => JSON.stringify({ id: 1, method, params })),
    fc.json(),
    nasty,
  )
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 5 }), async (texts) => {
      const { socket, heard } = await opened(`${exchange.stream}/btcusdt@trade`)
      let closed = false
      socket.once("close", () => (closed = true))
      for (const text of texts) socket.send(text)
      await expect
        .poll(() => closed || heard.filter(({ e }) => e === undefined).length, { interval: 2 })
        .toBe(texts.length)
      exchange.advance(3_000)
      socket.terminate()
    }),
    { numRuns: 60 },
  )
})

const amount = fc.oneof(
  fc.constantFrom("0", "0.00000001", "1", "0.3", "123.456", "99999999999999999999", "1000000", "-5"),
  fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value.toFixed(8)),
  fc.double(),
)
const lengthMs = fc.oneof(fc.constantFrom(0, 1, 1e15, -1, 0.5, 31_536_000_000), fc.integer({ min: 1, max: 100_000 }))
const ruleNames = [
  "status",
  "tickSize",
  "minPrice",
  "maxPrice",
  "stepSize",
  "minQuantity",
  "maxQuantity",
  "maxMarketQuantity",
  "minNotional",
  "maxNotional",
  "maxPosition",
  "minuteVolume",
  "maxOrders",
  "maxAlgoOrders",
  "priceUp",
  "priceDown",
  "__proto__",
]
const commands = fc.oneof(
  fc.tuple(
    fc.constant("/symbols/BTCUSDT"),
    fc.dictionary(fc.constantFrom(...ruleNames), fc.oneof(amount, fc.constantFrom("TRADING", "HALT")), { maxKeys: 3 }),
  ),
  fc.tuple(
    fc.constant("/scenario"),
    fc.record(
      {
        kind: fc.constantFrom("crash", "rally", "flat", "flash-wick", "down"),
        lastsMs: lengthMs,
        size: fc.double({ min: -100, max: 0.99, noNaN: true }),
      },
      { requiredKeys: ["kind"] },
    ),
  ),
  fc.tuple(
    fc.constant("/accounts/1/deposit"),
    fc.record({ asset: fc.constantFrom("USDT", "BTC", "__proto__", "DUST"), delta: amount }),
  ),
  fc.tuple(fc.constant("/accounts/1/lock"), fc.record({ asset: fc.constantFrom("USDT", "BTC"), delta: amount })),
  fc.tuple(
    fc.constant("/accounts/1/fees"),
    fc.record({ maker: amount, taker: amount, inBnb: fc.boolean() }, { requiredKeys: [] }),
  ),
  fc.tuple(
    fc.constantFrom("/orders/1/fill", "/orders/2/fill", "/orders/x/fill"),
    fc.record(
      { quantity: amount, pieces: fc.integer({ min: -1, max: 2_000 }), isEndedAfter: fc.boolean() },
      { requiredKeys: [] },
    ),
  ),
  fc.tuple(
    fc.constantFrom("/orders/1/expire", "/accounts/1/reset", "/accounts/x/reset", "/accounts/1/terminate"),
    fc.constant({}),
  ),
  fc.tuple(
    fc.constant("/holes"),
    fc.record({ symbol: fc.constantFrom("BTCUSDT", "toString"), fromMs: lengthMs, toMs: lengthMs }),
  ),
  fc.tuple(fc.constant("/symbols/BTCUSDT/corrections"), fc.record({ openTimeMs: lengthMs, close: amount })),
  fc.tuple(fc.constant("/symbols/BTCUSDT/quiet"), fc.record({ isQuiet: fc.oneof(fc.boolean(), nasty) })),
  fc.tuple(
    fc.constant("/clock"),
    fc.record({ speed: fc.constant("stepped"), advanceMs: lengthMs, skewMs: lengthMs }, { requiredKeys: [] }),
  ),
  fc.tuple(
    fc.constantFrom("/streams/user", "/streams/market"),
    fc.record({ lose: fc.nat(), delayMs: lengthMs, reverse: fc.nat(), closeDelayMs: lengthMs }, { requiredKeys: [] }),
  ),
  fc.tuple(
    fc.constant("/sockets"),
    fc.record(
      {
        do: fc.constantFrom("close", "shut-down", "__proto__"),
        code: fc.oneof(fc.integer(), fc.constantFrom(1000, 1006)),
        afterMs: lengthMs,
      },
      { requiredKeys: ["do"] },
    ),
  ),
  fc.tuple(
    fc.constant("/accounts/1/keys"),
    fc.record({ scheme: fc.constantFrom("HMAC", "ED25519", "RSA"), publicKey: nasty }, { requiredKeys: ["scheme"] }),
  ),
  fc.tuple(fc.constant("/accounts/1/orders"), fc.dictionary(names, nasty)),
  fc.tuple(
    nasty.map((text) => `/${encodeURIComponent(text)}`),
    fc.jsonValue(),
  ),
)

test(
  "whatever the control plane receives, in whatever order, markets keep running and orders can be placed afterwards",
  { timeout: 120_000 },
  async () => {
    const order = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01" }
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: 12 }), async (sent) => {
        const tried = await startSimulatedExchange(
          {
            seed: 4,
            speed: "stepped",
            historyDays: 1,
            tickMs: 15_000,
            limits: roomy,
          },
          realSurroundings(),
        )
        try {
          const { venue } = tried.exchange.state
          const { nowMs } = venue
          const last = Number(venue.market("BTCUSDT").lastPrice) / 1e8
          for (const share of [0.999, 0.5])
            await ask(tried, "POST", "/api/v3/order", { ...order, price: (last * share).toFixed(2) })
          for (const [path, body] of sent)
            expect([path, (await command(tried.control, path, body)).status < 500]).toEqual([path, true])
          tried.advance(120_000)
          expect(venue.nowMs).toBeGreaterThan(nowMs)
          expect((await ask(tried, "POST", "/api/v3/order", { ...order, price: "50000" })).status).toBeLessThan(600)
          expect((await ask(tried, "GET", "/api/v3/depth", { symbol: "BTCUSDT" }, { unsigned: true })).status).not.toBe(
            500,
          )
        } finally {
          await tried.stop()
        }
      }),
      { numRuns: 60 },
    )
  },
)

test("a command that would take years is refused in a sentence", async () => {
  const answer = await command(exchange.control, "/clock", { advanceMs: 1e15 })
  expect([answer.status, answer.body]).toEqual([
    400,
    { error: "advanceMs: must be at most a week; ask again for more" },
  ])
})

test.each(["http://localhost:3000", "http://127.0.0.1:8787", "https://evil.example", "null"])(
  "a page of %s reaches nothing here, whatever port it came from",
  async (origin) => {
    expect((await fetch(`${exchange.rest}/time`, { headers: { origin } })).status).toBe(403)
    const heard = await sendRaw(
      Number(new URL(exchange.rest).port),
      `GET /ws/btcusdt@trade HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n${upgradeLines}\r\n`,
    )
    expect(heard).toMatch(/^HTTP\/1\.1 403 /)
  },
)

async function opened(url: string) {
  const socket = new WebSocket(url)
  const heard: Record<string, any>[] = []
  socket.on("message", (data) => heard.push(JSON.parse(messageText(data))))
  await new Promise((resolve) => socket.once("open", resolve))
  return { socket, heard }
}

function signed(sent: Record<string, string>): Record<string, string> {
  const all = { ...sent, apiKey: exchange.apiKey, timestamp: String(Date.now()) }
  return { ...all, signature: hmacSignature(exchange.secret, webSocketPayload(all)) }
}
