import { execFile, spawn, type ChildProcess } from "node:child_process"
import { chown, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { freePort } from "../../testing/free-port.ts"

/** A PostgreSQL of the test's own, on a random port and in a folder that goes with it. */
export type PrivatePostgres = {
  /** The address of a database by its name. */
  address(name: string): string
  /** The address of an empty database. */
  emptyDatabase(): Promise<string>
  /** Stops it at once, as a crash would, until `start`. */
  crash(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** The notice where there is none. */
export const withoutPostgres =
  "PostgreSQL is not installed here (Debian: apt-get install postgresql), so this ran on libSQL alone"

const NOBODY = 65_534
const READY_LOOKS = 300
const LOOK_MS = 50

/** A new cluster; undefined where PostgreSQL is not installed. PostgreSQL refuses to run as root, so root lends it to nobody. */
export async function privatePostgres(): Promise<PrivatePostgres | undefined> {
  const programs = await installedPrograms()
  if (programs === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), "candlewright-pg-"))
  const person = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (person.uid !== undefined) await chown(folder, NOBODY, NOBODY)
  const run = (name: string, words: string[]) =>
    promisify(execFile)(join(programs, name), words, { ...person, cwd: folder })
  const data = join(folder, "data")
  await run("initdb", ["-D", data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"])
  const port = await freePort()
  const address = (name: string) => `postgres://tester@127.0.0.1:${port}/${name}`
  const words = ["-D", data, "-p", String(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
  let server: ChildProcess | undefined
  let made = 0
  const start = async () => {
    server = spawn(join(programs, "postgres"), words, { ...person, cwd: folder, stdio: "ignore" })
    const isReady = () =>
      run("psql", ["-X", "-c", "select 1", address("postgres")]).then(
        () => true,
        () => false,
      )
    for (let look = 0; !(await isReady()); look++) {
      if (look === READY_LOOKS) throw new Error("PostgreSQL did not start")
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
  const crash = async () => {
    if (server === undefined) return
    const ended = new Promise((resolve) => server!.once("exit", resolve))
    server.kill("SIGQUIT")
    await ended
    server = undefined
  }
  await start()
  return {
    address,
    emptyDatabase: async () => {
      const name = `test${++made}`
      await run("psql", ["-X", "-c", `create database ${name}`, address("postgres")])
      return address(name)
    },
    crash,
    start,
    remove: async () => {
      await crash()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Debian keeps the programs of each version in a folder of its own. */
async function installedPrograms(): Promise<string | undefined> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => [])
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? undefined : join("/usr/lib/postgresql", newest, "bin")
}
