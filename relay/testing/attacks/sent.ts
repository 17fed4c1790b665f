import { connect } from "node:net"
import type { Attack } from "./attack.ts"

/** No answer may take longer, however busy the machine is. */
const HANGS_AFTER_MS = 20_000

/** What came back: the statuses of all answers, and every byte. */
export type Heard = { statuses: number[]; text: string; hangs: boolean }

/** Sends the bytes as they are and hears until the relay closes the connection. */
export function sent(port: number, { bytes, isUnfinished = false }: Attack): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
    let text = ""
    const done = (hangs: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status))
      resolve({ statuses: statuses.length === 0 ? [0] : statuses, text, hangs })
    }
    const timer = setTimeout(() => done(true), HANGS_AFTER_MS)
    socket
      .on("connect", () => {
        if (isUnfinished) socket.end(bytes, "latin1")
        else socket.write(bytes, "latin1")
      })
      .on("data", (piece) => (text += piece.toString("latin1")))
      .on("end", () => done(false))
      .on("close", () => done(false))
      .on("error", () => {})
  })
}
