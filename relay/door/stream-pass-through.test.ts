import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test, vi } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { CallerGuard } from "./caller-guard.ts"
import { messageText } from "./message-text.ts"
import { guardUpgrades } from "./upgrade-guard.ts"
import { realSurroundings } from "../surroundings.ts"
import { StreamPassThrough } from "./stream-pass-through.ts"
import { realVenues, type Venue } from "#venues"
import { Front } from "./front.ts"

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}

/** A venue that answers as scripted, and the relay's door in front of it. */
async function opened(streams?: string[], surroundings = realSurroundings()) {
  const venue = new WebSocketServer({ port: 0, host: "127.0.0.1" })
  const paths: string[] = []
  const sockets: WebSocket[] = []
  venue.on("connection", (socket, request) => {
    paths.push(request.url!)
    sockets.push(socket)
    socket.on("message", (data) => socket.send(`heard ${messageText(data)}`))
  })
  await new Promise((resolve) => venue.once("listening", resolve))
  const origin = `ws://127.0.0.1:${(venue.address() as AddressInfo).port}`
  const venues: Venue[] = [{ ...realVenues[0], streams: streams ?? ["ws://127.0.0.1:1", origin] }]
  const bugs: unknown[] = []
  const onBug = (error: unknown) => bugs.push(error)
  const streamsOf = new StreamPassThrough({ venues, surroundings, onBug })
  const relay = createServer()
  const guard = new CallerGuard({ identify: async () => undefined, surroundings })
  const port = await listening(relay)
  guardUpgrades(relay, new Front(port), {
    guard,
    take: (request, socket, head) => streamsOf.take(request, socket, head),
    onBug,
  })
  closing.push(
    () => streamsOf.stop(),
    () => relay.close(),
    () => venue.close(),
  )
  return { at: `ws://localhost:${port}`, paths, sockets, port, bugs }
}

type Ended = { code: number; reason: string }
function listen(address: string, options: { origin?: string } = {}) {
  const page = new WebSocket(address, options)
  const heard: string[] = []
  page.on("message", (data) => heard.push(messageText(data)))
  const ended = new Promise<Ended>((resolve) =>
    page.on("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  const refused = new Promise<string>((resolve) => page.on("error", (error) => resolve(error.message)))
  return { page, heard, ended, refused }
}

test("what the page subscribes to reaches the exchange, what it says reaches the page, by the address that works", async () => {
  const { at, paths } = await opened()
  const { page, heard } = listen(`${at}/api/md/binance/stream/ws/btcusdt@kline_1m`)
  page.on("open", () => page.send('{"method":"SUBSCRIBE"}'))
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['heard {"method":"SUBSCRIBE"}'])
  expect(paths).toEqual(["/ws/btcusdt@kline_1m"])
})

test("the combined stream keeps its query", async () => {
  const { at, paths } = await opened()
  listen(`${at}/api/md/binance/stream/stream?streams=btcusdt@trade/ethusdt@trade`)
  await expect.poll(() => paths, { timeout: 10_000 }).toEqual(["/stream?streams=btcusdt@trade/ethusdt@trade"])
})

test("the exchange's close code arrives unchanged, a broken connection as a broken one", async () => {
  const { at, sockets } = await opened()
  const polite = listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(1)
  sockets[0].close(1008, "Too many requests")
  expect(await polite.ended).toEqual({ code: 1008, reason: "Too many requests" })
  const broken = listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(2)
  sockets[1].terminate()
  expect((await broken.ended).code).toBe(1006)
})

test("a page that leaves ends the exchange's side too", async () => {
  const { at, sockets } = await opened()
  const { page } = listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(1)
  page.terminate()
  await expect.poll(() => sockets[0].readyState, { timeout: 10_000 }).toBe(WebSocket.CLOSED)
})

test("an exchange that cannot be reached becomes a sentence", async () => {
  const { at } = await opened(["ws://127.0.0.1:1"])
  expect(await listen(`${at}/api/md/binance/stream/ws/0`).ended).toEqual({
    code: 1014,
    reason: "Binance cannot be reached right now.",
  })
})

test.each([
  "/api/md/binance/stream/ws-api/v3",
  "/api/md/binance/stream/",
  "/api/md/binance/stream/ws/%2e%2e/%2e%2e/x",
  "/api/md/binance/stream/..//evil.example/ws",
  "/api/md/kraken/stream/ws",
  "/api/md/binance/api/v3/klines",
  "/ws",
])("%s is no public stream", async (path) => {
  const { at, paths } = await opened()
  expect(await listen(at + path).refused).toContain("404")
  expect(paths).toEqual([])
})

test("the 65th stream learns that all are in use, and gets in when one has ended", async () => {
  const { at, sockets } = await opened()
  const pages = Array.from({ length: 64 }, () => listen(`${at}/api/md/binance/stream/ws/0`))
  await expect.poll(() => sockets.length, { timeout: 20_000 }).toBe(64)
  expect(await listen(`${at}/api/md/binance/stream/ws/0`).refused).toContain("503")
  pages[0].page.terminate()
  await expect.poll(() => sockets.filter((socket) => socket.readyState === WebSocket.OPEN).length).toBe(63)
  listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 20_000 }).toBe(65)
})

test("a page that is gone without a close frees its place", async () => {
  const surroundings = { ...realSurroundings(), every: (_: number, act: () => void) => ((ping = act), () => {}) }
  let ping = () => {}
  const { at, sockets } = await opened(undefined, surroundings)
  const gone = listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(1)
  const there = listen(`${at}/api/md/binance/stream/ws/1`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(2)
  gone.page.pause()
  const answered = new Promise((resolve) => there.page.once("ping", resolve))
  ping()
  await answered
  // After its answer to the ping.
  there.page.send("here")
  await expect.poll(() => there.heard).toEqual(["heard here"])
  ping()
  await expect.poll(() => sockets[0].readyState, { timeout: 10_000 }).toBe(WebSocket.CLOSED)
  expect(sockets[1].readyState).toBe(WebSocket.OPEN)
})

test("a bug of ours in a stream ends that stream alone", async () => {
  const { at, sockets, bugs } = await opened()
  const fine = listen(`${at}/api/md/binance/stream/ws/0`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(1)
  const { ended } = listen(`${at}/api/md/binance/stream/ws/1`)
  await expect.poll(() => sockets.length, { timeout: 10_000 }).toBe(2)
  const say = sockets[1].send.bind(sockets[1])
  const spy = vi.spyOn(WebSocket.prototype, "send").mockImplementationOnce(() => {
    throw new Error("planted")
  })
  closing.push(() => spy.mockRestore())
  say("break")
  await ended
  expect(bugs.map(String)).toEqual(["Error: planted"])
  sockets[0].send("still here")
  await expect.poll(() => fine.heard).toEqual(["still here"])
})

test("a foreign page is refused before any request to the exchange", async () => {
  const { at, paths } = await opened()
  expect(await listen(`${at}/api/md/binance/stream/ws/0`, { origin: "https://evil.example" }).refused).toContain("403")
  expect(paths).toEqual([])
})

test("binary, large and many frames from a page end its stream", async () => {
  const { at } = await opened()
  const sending = async (send: (page: WebSocket) => void) => {
    const { page, ended } = listen(`${at}/api/md/binance/stream/ws/0`)
    page.on("open", () => send(page))
    return (await ended).code
  }
  expect(await sending((page) => page.send(Buffer.from("x")))).toBe(1008)
  expect(await sending((page) => page.send("x".repeat(20_000)))).toBe(1009)
  expect(
    await sending((page) => {
      for (let frame = 0; frame < 60; frame++) page.send("{}")
    }),
  ).toBe(1008)
})
