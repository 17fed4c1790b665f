import { createServer, type Server } from "node:http"
import { type AddressInfo, connect, Socket } from "node:net"
import { afterEach, expect, test } from "vitest"
import { startSimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { guardUpgrades } from "./upgrade-guard.ts"
import { Refusal } from "./refusal.ts"
import { Front } from "./front.ts"

// A stranger who keeps his side of a refused socket open, and reads nothing, holds no descriptor of ours.

const STRANGERS = 12
const websocket =
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
const undone: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of undone.splice(0).toReversed()) await undo()
})

test("the relay's refused upgrades leave no descriptor behind", async () => {
  const server = createServer()
  const guard = { admit: () => Promise.reject(new Refusal(401, "not-paired", "Not paired.")) }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  undone.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const take = () => new Refusal(404, "unknown-address", "Nothing is here.")
  guardUpgrades(server, new Front(port), { guard: guard as never, take, onBug: (error) => expect.fail(String(error)) })
  await strangersAt(port, ["/nowhere", "/api/bots", "//["])
  await expect.poll(() => connectionsOf(server), { timeout: 10_000 }).toBe(0)
})

test("the practice exchange's refused upgrades leave no descriptor behind", async () => {
  const exchange = await startSimulatedExchange({ seed: 1, speed: "stepped", historyDays: 1 }, realSurroundings())
  undone.push(() => exchange.stop())
  const port = Number(new URL(exchange.rest).port)
  await strangersAt(port, ["/nowhere", "/stream?streams=%", "/ws"], "evil.example")
  const silent = connect({ port, host: "127.0.0.1" })
  undone.push(() => silent.destroy())
  await expect.poll(() => socketsAt(port), { timeout: 10_000 }).toBe(1)
})

/** Connections that were answered, and stay open on the stranger's side, unread from then on. */
async function strangersAt(port: number, addresses: string[], host = `localhost:${port}`): Promise<void> {
  const strangers = Array.from({ length: STRANGERS }, (_, at) => stranger(port, addresses[at % addresses.length], host))
  for (const { socket } of strangers) undone.push(() => socket.destroy())
  await Promise.all(strangers.map(({ answered }) => answered))
}

function stranger(port: number, address: string, host: string): { socket: Socket; answered: Promise<void> } {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => {})
  socket.write(`GET ${address} HTTP/1.1\r\nHost: ${host}\r\n${websocket}\r\n\r\n`)
  const answered = new Promise<void>((resolve) =>
    socket.once("data", () => {
      socket.pause()
      resolve()
    }),
  )
  return { socket, answered }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

/** Sockets that a port of this process has accepted and not closed. */
function socketsAt(port: number): number {
  const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles()
  return handles.filter((handle) => handle instanceof Socket && handle.localPort === port).length
}
