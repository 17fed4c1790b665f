import { createReadStream } from "node:fs"
import { readdir, stat } from "node:fs/promises"
import { extname, join, relative, sep } from "node:path"
import { Readable } from "node:stream"
import type { Context, MiddlewareHandler } from "hono"

/** The files of the built app by their address ("/assets/index-B8hN.js"). Only what is in here can be served. */
export type WebFiles = ReadonlyMap<string, WebFile>

interface WebFile {
  path: string
  bytes: number
  contentType: string
  etag: string
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

/** Lists the app built into `folder`, its .br and .gz twins included; an empty map when there is no such folder. */
export async function webFilesIn(folder: string): Promise<WebFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const addressOf = (path: string) => `/${relative(folder, path).split(sep).join("/")}`
  return new Map(await Promise.all(paths.map(async (path) => [addressOf(path), await webFile(path)] as const)))
}

async function webFile(path: string): Promise<WebFile> {
  const { size, mtimeMs } = await stat(path)
  const contentType = contentTypes[extname(path)] ?? "application/octet-stream"
  return { path, bytes: size, contentType, etag: `W/"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"` }
}

/** Serves the app: a file by its address, index.html when a person opens any other page, nothing else. */
export function serveWebFiles(files: WebFiles): MiddlewareHandler {
  return async (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD"
    const address = isRead ? addressFor(c, files) : undefined
    return address === undefined ? next() : sendFile(c, files, address)
  }
}

function addressFor(c: Context, files: WebFiles): string | undefined {
  if (c.req.path === "/api" || c.req.path.startsWith("/api/")) return undefined
  if (c.req.path !== "/" && files.has(c.req.path)) return c.req.path
  return (c.req.path === "/" || isNavigation(c)) && files.has("/index.html") ? "/index.html" : undefined
}

/** A missing script or picture must be a 404, never a page of HTML under its name. */
function isNavigation(c: Context) {
  const mode = c.req.header("sec-fetch-mode")
  return mode === undefined ? (c.req.header("accept") ?? "").includes("text/html") : mode === "navigate"
}

function sendFile(c: Context, files: WebFiles, address: string) {
  const file = files.get(address)!
  const packing = packings.find(({ name, suffix }) => accepts(c, name) && files.has(address + suffix))
  const sent = packing ? files.get(address + packing.suffix)! : file
  c.header("vary", "accept-encoding")
  c.header("etag", sent.etag)
  c.header("cache-control", cachingOf(address))
  if (c.req.header("if-none-match") === sent.etag) return c.body(null, 304)
  c.header("content-type", file.contentType)
  c.header("content-length", String(sent.bytes))
  if (packing) c.header("content-encoding", packing.name)
  return c.req.method === "HEAD" ? c.body(null) : c.body(contentsOf(sent))
}

/** Vite puts a hash of the contents in the name of everything under /assets/: such a file can never change. */
function cachingOf(address: string) {
  return address.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"
}

const packings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
]

function accepts(c: Context, encoding: string) {
  const offers = (c.req.header("accept-encoding") ?? "").split(",").map((offer) => offer.trim().split(/\s*;\s*/))
  return offers.some(([name, quality]) => name === encoding && !/^q=0(\.0*)?$/.test(quality ?? ""))
}

function contentsOf(file: WebFile) {
  return Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array<ArrayBuffer>>
}
