import { deepStrictEqual } from "node:assert"
import { afterAll, beforeAll } from "vitest"

// The test files of a process share its modules and globals: one that leaves something changed fails itself, instead of
// a file that comes after it.

const heard = ["uncaughtException", "unhandledRejection", "warning", "exit", "SIGINT", "SIGTERM"] as const
const globals = ["fetch", "WebSocket", "Date", "setTimeout", "setInterval", "addEventListener", "localStorage"] as const

let before: ReturnType<typeof surroundings>
beforeAll(() => void (before = surroundings()))
afterAll(() => deepStrictEqual(surroundings(), before))

function surroundings() {
  return {
    environment: { ...process.env },
    folder: process.cwd(),
    listeners: heard.map((event) => `${event} ${process.listenerCount(event)}`),
    globals: globals.map((name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown),
    console: Object.values(console),
  }
}
