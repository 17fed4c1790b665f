import tailwindcss from "@tailwindcss/vite"
import { tanstackRouter } from "@tanstack/router-plugin/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { ccxtSource, chunkFileNames } from "./scripts/ccxt-source.ts"
import { offlineShell } from "./scripts/offline-shell.ts"
import { routeTree } from "./scripts/route-tree.ts"

/** Rolldown's advice about slow plugins is for their authors; what ccxt imports and never calls is missing on purpose (scripts/ccxt-source.ts). */
const quiet = { checks: { pluginTimings: false, importIsUndefined: false } }
const relay = "http://127.0.0.1:8787"

/** Vite for the web part: its root is web/, what it builds goes to build/web and is served by the relay. */
export default defineConfig(({ isPreview }) => ({
  root: "web",
  publicDir: "../public",
  cacheDir: "../node_modules/.vite",
  plugins: [ccxtSource(), tanstackRouter(routeTree), react(), tailwindcss(), isPreview ? [] : offlineShell()],
  worker: { format: "es" as const, plugins: () => [ccxtSource()], rolldownOptions: { ...quiet, output: { chunkFileNames } } },
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    reportCompressedSize: false,
    // No data: URLs: the content policy has no room for them, and a hashed file is cached for a year.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: quiet,
  },
  server: {
    port: 5173,
    // The relay answers only pages of its own origin, which a page of this development server is not.
    proxy: { "/api": { target: relay, changeOrigin: true, headers: { origin: relay } } },
  },
}))
