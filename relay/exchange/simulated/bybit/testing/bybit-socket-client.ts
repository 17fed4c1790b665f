import WebSocket from "ws"
import { hmacSignature } from "../../account/signature.ts"
import type { BybitPlace } from "./bybit-clients.ts"

/** A socket and everything heard on it. */
export type Heard = {
  messages: any[]
  /** The rows of the order topic, oldest first. */
  orders(): any[]
  send(message: unknown): void
  closed: Promise<unknown>
  close(): void
}

/** Opens a socket of an exchange that speaks Bybit's protocol. */
export async function bybitSocket(url: string): Promise<Heard> {
  const socket = new WebSocket(url)
  const messages: any[] = []
  socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString("utf8"))))
  const closed = new Promise((resolve) => socket.once("close", resolve))
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject))
  return {
    messages,
    orders: () => messages.filter(({ topic }) => topic === "order").flatMap(({ data }) => data),
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    closed,
    close: () => socket.close(),
  }
}

/** A private socket that has logged in and listens to some topics. */
export async function privateSocket({ addresses, apiKey, secret }: BybitPlace, topics: string[]): Promise<Heard> {
  const heard = await bybitSocket(addresses.privateStream)
  const expires = Date.now() + 10_000
  heard.send({ op: "auth", args: [apiKey, expires, hmacSignature(secret, `GET/realtime${expires}`)] })
  heard.send({ op: "subscribe", args: topics })
  await answers(heard, 2)
  return heard
}

async function answers({ messages }: Heard, count: number): Promise<void> {
  while (messages.filter(({ op }) => op !== undefined).length < count)
    await new Promise((resolve) => setImmediate(resolve))
}
