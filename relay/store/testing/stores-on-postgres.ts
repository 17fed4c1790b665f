import { createHash } from "node:crypto"
import pg from "pg"
import { inject, vi } from "vitest"
import { VirtualTime } from "../../exchange/simulated/virtual-time.ts"

// Every store that a test opens is on PostgreSQL, each data directory in a database of its own.

vi.mock("../relay-store.ts", async (original) => {
  const real = await original<typeof import("../relay-store.ts")>()
  return { ...real, openRelayStore }

  async function openRelayStore(options: Parameters<typeof real.openRelayStore>[0]) {
    const address = options.address ?? (await databaseOf(options.dataDirectory))
    return real.openRelayStore({ ...options, address })
  }
})

// Virtual time stands still while the server works.
let underWay = 0
VirtualTime.isWorkUnderWay = () => underWay > 0
countWork(pg.Pool.prototype, "connect")
countWork(pg.Client.prototype, "query")

function countWork(prototype: object, name: string): void {
  const own = (prototype as Record<string, (...words: unknown[]) => unknown>)[name]
  const counted = function (this: unknown, ...words: unknown[]) {
    const answer = own.apply(this, words)
    if (!(answer instanceof Promise)) return answer
    underWay++
    return answer.finally(() => void underWay--)
  }
  Object.assign(prototype, { [name]: counted })
}

const made = new Map<string, Promise<string>>()

/** The database of a data directory, empty when it is first asked for. */
function databaseOf(dataDirectory: string): Promise<string> {
  const known = made.get(dataDirectory) ?? makeDatabase(dataDirectory)
  made.set(dataDirectory, known)
  return known
}

async function makeDatabase(dataDirectory: string): Promise<string> {
  const server = inject("postgresAddress")
  const name = `of_${createHash("sha256").update(dataDirectory).digest("hex").slice(0, 24)}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.replace(/\/postgres$/, `/${name}`)
}
