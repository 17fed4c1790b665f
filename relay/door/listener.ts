import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"

/** Servers on both loopback addresses under one port number. */
export interface Listener {
  port: number
  servers: Server[]
  /** Lets running answers finish for up to two seconds, then closes every connection. */
  close(): Promise<void>
}

/** How many ports after the wanted one are tried. */
const portsTried = 20
const maxHeaderBytes = 16 * 1024
const patienceMs = 2_000

/**
 * Listens on 127.0.0.1 and ::1, never on an address another computer can reach. Takes the next free port when `port` is
 * taken (0 takes any); throws when none of twenty is free.
 */
export async function listenLocally(port: number): Promise<Listener> {
  for (let candidate = port; candidate < Math.min(port + portsTried, 65_536); candidate += 1) {
    const listener = await tryPort(candidate)
    if (listener) return listener
  }
  throw new Error(`Ports ${port} to ${port + portsTried - 1} are all taken. Set PORT to a free one and start again.`)
}

/** Gives every server of `listener` the function that answers requests. */
export function answerWith(listener: Listener, answer: RequestListener): void {
  for (const server of listener.servers) server.on("request", answer)
}

async function tryPort(port: number): Promise<Listener | undefined> {
  const four = await listen("127.0.0.1", port)
  if (four === "taken" || four === "no such address") return undefined
  const chosen = (four.address() as AddressInfo).port
  const six = await listen("::1", chosen)
  if (six === "taken") {
    four.close()
    return undefined
  }
  // A machine without IPv6 is served on 127.0.0.1 alone.
  const servers = six === "no such address" ? [four] : [four, six]
  return { port: chosen, servers, close: () => closeAll(servers) }
}

function listen(host: string, port: number): Promise<Server | "taken" | "no such address"> {
  const server = createServer({ maxHeaderSize: maxHeaderBytes })
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve("taken")
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve("no such address")
      else reject(explained(error, port))
    })
    server.listen({ host, port, exclusive: true }, () => resolve(server))
  })
}

function explained(error: NodeJS.ErrnoException, port: number) {
  if (error.code !== "EACCES") return error
  return new Error(`This computer does not let you use port ${port}. Set PORT to a number above 1024, such as 8787.`)
}

async function closeAll(servers: Server[]) {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
  // A browser keeps its connection after the answer, so those that fall idle later are closed as well.
  const sweep = setInterval(() => servers.forEach((server) => server.closeIdleConnections()), 20)
  const force = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), patienceMs)
  await Promise.all(closed)
  clearInterval(sweep)
  clearTimeout(force)
}
