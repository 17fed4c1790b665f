import { readdir, readFile, stat } from "node:fs/promises"
import { extname, join, relative, sep } from "node:path"
import type { Context, MiddlewareHandler } from "hono"
import { sleep, type Surroundings } from "../surroundings.ts"

/** A file of the app in its present form. */
export interface WebFile {
  contents: Uint8Array<ArrayBuffer>
  contentType: string
  etag: string
  changedMs: number
}

/**
 * The built app. `read` returns the whole file behind an address ("/assets/index-B8hN.js") in its present form on
 * disk.
 */
export interface WebFiles {
  isEmpty: boolean
  read(address: string): Promise<WebFile | undefined>
}

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".csv": "text/csv; charset=utf-8",
  ".gz": "application/gzip",
  ".txt": "text/plain; charset=utf-8",
}

/** Most bytes of files kept in memory. All requests share them, however many and however slow. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024
/** A file younger than this may be incomplete: we look again, this many times and after this wait. */
const SETTLED_AFTER_MS = 100
const LOOKS = 20
const LOOK_AGAIN_MS = 50
/** A build may run while we serve: we read the file list again, but at most this often. */
const LIST_AGAIN_MS = 1_000

/** Lists the app built into `folder`, its .br and .gz twins included; empty when there is no such folder. */
export async function webFilesIn(folder: string, time: Time): Promise<WebFiles> {
  const files = new FolderFiles(folder, time)
  await files.list()
  return files
}

/** No app at all. */
export const noWebFiles: WebFiles = { isEmpty: true, read: () => Promise.resolve(undefined) }

type Time = Pick<Surroundings, "nowMs" | "after">
type Stamp = { size: number; changedMs: number }
type Kept = { stamp: Stamp; file: Promise<WebFile | undefined>; bytes: number }

class FolderFiles implements WebFiles {
  private paths = new Map<string, string>()
  /** Least recently used first. */
  private readonly kept = new Map<string, Kept>()
  private keptBytes = 0
  private listedMs = -Infinity

  constructor(
    private readonly folder: string,
    private readonly time: Time,
  ) {}

  get isEmpty(): boolean {
    return this.paths.size === 0
  }

  async list(): Promise<void> {
    this.listedMs = performance.now()
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const addressOf = (path: string) => `/${relative(this.folder, path).split(sep).join("/")}`
    this.paths = new Map(paths.map((path) => [addressOf(path), path]))
  }

  async read(address: string): Promise<WebFile | undefined> {
    if (!this.paths.has(address) && performance.now() - this.listedMs > LIST_AGAIN_MS) await this.list()
    const path = this.paths.get(address)
    const stamp = path === undefined ? undefined : await stampOf(path)
    if (path === undefined || stamp === undefined) return undefined
    const kept = this.kept.get(path)
    if (kept) this.forget(path, kept)
    const used = kept && isSame(kept.stamp, stamp) ? kept : { stamp, file: readWhole(path, this.time), bytes: 0 }
    this.kept.set(path, used)
    this.keptBytes += used.bytes
    return this.measured(path, used)
  }

  private async measured(path: string, kept: Kept): Promise<WebFile | undefined> {
    const file = await kept.file
    if (kept.bytes === 0 && this.kept.get(path) === kept) {
      kept.bytes = file?.contents.length ?? 0
      this.keptBytes += kept.bytes
      for (const [oldest, each] of this.kept) if (this.keptBytes > MOST_KEPT_BYTES) this.forget(oldest, each)
    }
    return file
  }

  private forget(path: string, { bytes }: Kept): void {
    this.kept.delete(path)
    this.keptBytes -= bytes
  }
}

/** Identifies a file's version; undefined when the file is missing. */
async function stampOf(path: string): Promise<Stamp | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { size: found.size, changedMs: found.mtimeMs } : undefined
}

function isSame(one: Stamp, other: Stamp | undefined): boolean {
  return one.size === other?.size && one.changedMs === other.changedMs
}

/** The file as it is when nobody writes it; undefined when it has gone, or is being written all the time. */
async function readWhole(path: string, time: Time): Promise<WebFile | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const stamp = await stampOf(path)
    const contents = await readFile(path).catch(() => undefined)
    if (stamp === undefined || contents === undefined) return undefined
    const isWhole = contents.length === stamp.size && isSame(stamp, await stampOf(path))
    if (isWhole && Math.abs(time.nowMs() - stamp.changedMs) > SETTLED_AFTER_MS)
      return {
        contents,
        contentType: contentTypes[extname(path)] ?? "application/octet-stream",
        etag: etagOf(stamp),
        changedMs: stamp.changedMs,
      }
    await sleep(time, LOOK_AGAIN_MS)
  }
  return undefined
}

function etagOf({ size, changedMs }: Stamp): string {
  return `W/"${size.toString(36)}-${Math.trunc(changedMs).toString(36)}"`
}

/** Serves the app: a file by its address, index.html when a person opens any other page, nothing else. */
export function serveWebFiles(files: WebFiles): MiddlewareHandler {
  return async (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD"
    if (!isRead || c.req.path === "/api" || c.req.path.startsWith("/api/")) return next()
    return (await answerFor(c, files)) ?? next()
  }
}

async function answerFor(c: Context, files: WebFiles): Promise<Response | undefined> {
  const file = c.req.path === "/" ? undefined : await files.read(c.req.path)
  if (file) return sendFile(c, file, { address: c.req.path, files })
  const page = c.req.path === "/" || isNavigation(c) ? await files.read("/index.html") : undefined
  return page && sendFile(c, page, { address: "/index.html", files })
}

/** A missing script or picture must be a 404, never a page of HTML under its name. */
function isNavigation(c: Context) {
  const mode = c.req.header("sec-fetch-mode")
  return mode === undefined ? (c.req.header("accept") ?? "").includes("text/html") : mode === "navigate"
}

async function sendFile(c: Context, file: WebFile, { address, files }: { address: string; files: WebFiles }) {
  const twin = await twinOf(c, file, { address, files })
  const sent = twin?.file ?? file
  c.header("vary", "accept-encoding")
  c.header("etag", sent.etag)
  c.header("cache-control", cachingOf(address))
  if (c.req.header("if-none-match") === sent.etag) return c.body(null, 304)
  c.header("content-type", file.contentType)
  c.header("content-length", String(sent.contents.length))
  if (twin) c.header("content-encoding", twin.encoding)
  return c.req.method === "HEAD" ? c.body(null) : c.body(sent.contents)
}

/** Vite puts a hash of the contents in the name of everything under /assets/: such a file can never change. */
function cachingOf(address: string) {
  return address.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"
}

const packings = [
  { encoding: "br", suffix: ".br" },
  { encoding: "gzip", suffix: ".gz" },
]

/** The compressed twin that this browser can read. A twin older than its plain file belongs to an earlier build. */
async function twinOf(c: Context, { changedMs }: WebFile, { address, files }: { address: string; files: WebFiles }) {
  for (const { encoding, suffix } of packings) {
    const file = accepts(c, encoding) ? await files.read(address + suffix) : undefined
    if (file && file.changedMs >= changedMs) return { file, encoding }
  }
  return undefined
}

function accepts(c: Context, encoding: string) {
  const offers = (c.req.header("accept-encoding") ?? "").split(",").map((offer) => offer.trim().split(/\s*;\s*/))
  return offers.some(([name, quality]) => name === encoding && !/^q=0(\.0*)?$/.test(quality ?? ""))
}
