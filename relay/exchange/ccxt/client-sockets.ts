import type { EventEmitter } from "node:events"
import type { CcxtClient } from "./ccxt-client.ts"

/** A socket as the package `ws` opens them. */
export type OpenSocket = (url: string) => EventEmitter

type Line = {
  url: string
  connected: Promise<unknown>
  future(hash: string): Promise<unknown>
  connect: () => Promise<unknown>
  connection: unknown
  startedConnecting: boolean
  connectionTimeout: number
  keepAlive: number
  onOpen(): void
  onMessage(message: { data: string }): void
  onClose(event: { code: number }): void
  onError(error: Error): void
}

/** Prepares every line that ccxt opens to an exchange: no loss of one ends the process, and `open` may make its socket. */
export function prepareLines(client: CcxtClient, open: OpenSocket | undefined): void {
  const prepared = new WeakSet<Line>()
  const lineTo = client.client.bind(client) as unknown as (url: string) => Line
  const preparedLine = (url: string) => {
    const line = lineTo(url)
    if (prepared.has(line)) return line
    prepared.add(line)
    hearEveryLoss(line)
    if (open) connectBy(line, open)
    return line
  }
  client.client = preparedLine as unknown as typeof client.client
}

/**
 * ccxt rejects promises on a lost or closed socket even when nobody awaits them any more, and Node ends a process
 * over that. Those who do await still get the error.
 */
function hearEveryLoss(line: Line): void {
  const future = line.future.bind(line)
  line.future = (hash) => heardOut(future(hash))
  void heardOut(line.connected)
}

/** A line over another kind of socket. Its silence is noticed by asking, not by pings: those run in real time. */
function connectBy(line: Line, open: OpenSocket): void {
  line.connectionTimeout = 0
  line.keepAlive = 0
  line.connect = () => {
    if (!line.startedConnecting) {
      line.startedConnecting = true
      connect(line, open(line.url))
    }
    return line.connected
  }
}

function connect(line: Line, socket: EventEmitter): void {
  line.connection = socket
  socket.on("open", () => line.onOpen())
  socket.on("message", (data: Buffer) => line.onMessage({ data: data.toString() }))
  socket.on("close", (code: number) => line.onClose({ code }))
  socket.on("error", (error: Error) => line.onError(error))
}

function heardOut<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}
