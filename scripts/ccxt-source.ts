import { isBuiltin } from "node:module"
import type { Plugin } from "vite"
import { projectPath } from "./project-path.ts"

const source = projectPath("node_modules/ccxt/js/src")
const unused = "\0candlewright:ccxt-unused"

/**
 * What an exchange's class imports for other exchanges' signatures, for Node, or for proxies: half of its weight, and
 * never called by us.
 */
const neverCalled =
  /^(@scure\/starknet|undici|ws|protobufjs.*|.*\/functions\/(starknet|ethabi)\.js|.*\/static_dependencies\/(zklink|dydx-v4-client)\/.*|.*\/protobuf\/mexc\/.*)$/

/** The names that must be there for the classes to load. */
const names = [
  "Long",
  "TypedDataEncoder",
  "abiEncode",
  "createWebSocketStream",
  "ethSigToPrivate",
  "getStarkKey",
  "sign",
]

/**
 * Lets the app import one exchange of ccxt, as `ccxt-src/binance.js`. ccxt's package exports only its whole, which is
 * ten times as large.
 */
export function ccxtSource(): Plugin {
  return {
    name: "candlewright:ccxt-source",
    enforce: "pre",
    resolveId(id, importer) {
      if (id.startsWith("ccxt-src/")) return `${source}/${id.slice("ccxt-src/".length)}`
      return importer?.startsWith(source) && (neverCalled.test(id) || isBuiltin(id)) ? unused : undefined
    },
    load: (id) =>
      id === unused
        ? `export default {}\n${names.map((name) => `export const ${name} = undefined`).join("\n")}`
        : undefined,
  }
}

/**
 * Names the chunks that contain ccxt, so that the service worker can skip them until the first request to an
 * exchange.
 */
export function chunkFileNames({ moduleIds }: { moduleIds: string[] }): string {
  return moduleIds.some((id) => id.includes("/node_modules/ccxt/") || id === unused)
    ? "assets/ccxt-[name]-[hash].js"
    : "assets/[name]-[hash].js"
}
