import type { Dialect } from "kysely"
import { guardedDialect } from "./guarded-dialect.ts"
import type { WriteWatch } from "./write-watch.ts"

const MOST_CONNECTIONS = 5
const CONNECT_WITHIN_MS = 5_000
const ANSWER_WITHIN_MS = 15_000
/** PostgreSQL's number of the type of counts and bigint columns. */
const INT8 = "20"

/** The dialect of a PostgreSQL at `address`. A lost connection fails its queries and no more: the next one connects anew. */
export async function postgresDialect(address: string, writes?: WriteWatch): Promise<Dialect> {
  const [{ PostgresDialect }, { default: pg }] = await Promise.all([import("kysely"), import("pg")])
  const pool = new pg.Pool({
    connectionString: address,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) =>
        `${type}` === INT8 ? numberFrom : (pg.types.getTypeParser(type, format) as (text: string) => unknown),
    },
  })
  // A connection that breaks is no news: queries that fail say so themselves.
  pool.on("error", () => {}).on("connect", (client) => void client.on("error", () => {}))
  return guardedDialect(new PostgresDialect({ pool }), { unsafe: "all but booleans", writes })
}

/** Node's driver hands 64-bit integers over as text. */
function numberFrom(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`The database answered ${text.slice(0, 30)}, beyond 2^53.`)
  return number
}
