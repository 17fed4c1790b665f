import { createHash } from "node:crypto"
import { inject, vi } from "vitest"

// Every store that a test opens is on PostgreSQL, each data directory in a database of its own.

vi.mock("../relay-store.ts", async (original) => {
  const real = await original<typeof import("../relay-store.ts")>()
  return { ...real, openRelayStore }

  async function openRelayStore(options: Parameters<typeof real.openRelayStore>[0]) {
    const address = options.address ?? (await databaseOf(options.dataDirectory))
    return real.openRelayStore({ ...options, address })
  }
})

const made = new Map<string, Promise<string>>()

/** The database of a data directory, empty when it is first asked for. */
function databaseOf(dataDirectory: string): Promise<string> {
  const known = made.get(dataDirectory) ?? makeDatabase(dataDirectory)
  made.set(dataDirectory, known)
  return known
}

async function makeDatabase(dataDirectory: string): Promise<string> {
  const { default: pg } = await import("pg")
  const server = inject("postgresAddress")
  const name = `of_${createHash("sha256").update(dataDirectory).digest("hex").slice(0, 24)}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.replace(/\/postgres$/, `/${name}`)
}
