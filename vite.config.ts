import tailwindcss from "@tailwindcss/vite"
import { tanstackRouter } from "@tanstack/router-plugin/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { ccxtSource, chunkFileNames } from "./scripts/ccxt-source.ts"
import { codeParts } from "./scripts/code-parts.ts"
import { offlineShell } from "./scripts/offline-shell.ts"
import { routeTree } from "./scripts/route-tree.ts"

/**
 * Rolldown's advice about slow plugins is for their authors; what ccxt imports and never calls is missing on purpose
 * (scripts/ccxt-source.ts).
 */
const quiet = { checks: { pluginTimings: false, importIsUndefined: false } }
/**
 * The first visit waits for one chunk each, with all its imports: forty small chunks compress worse and arrive later.
 */
const firstScreen = {
  name: "first-screen",
  // The small parts that the chart shares with forms and lists: those must not wait for the chart.
  test: /\/web\/(main|home\/home-screen|ui\/(text-field|use-\w+))\.tsx?$|\/host\/candles\/(duration-format|foreign-text)\.ts$|\/icons\/chevron-(left|right)\./,
  priority: 1,
}
const firstRun = { name: "run", test: /\/web\/run\/backtest-worker\.ts$/ }
/** Models on the device, by names that the service worker knows: it fetches them only for those who use one. */
const deviceModels = [
  { name: "web-llm", test: /\/node_modules\/@mlc-ai\// },
  { name: "wllama", test: /\/node_modules\/@wllama\// },
]
const firstChart = { name: "chart", test: /\/web\/chart\/run-chart\.tsx$/ }
/** One chunk with a name that the service worker knows: it fetches the editor only for those who open it. */
const editor = { name: "monaco", test: /\/node_modules\/(@monaco-editor|monaco-editor)\// }
/** What the other screens share, in a few chunks: on a phone's line every small one costs a round trip of its own. */
const shared = [
  {
    name: "database",
    test: /\/node_modules\/dexie|\/web\/db\/(database|use-kept|unavailable|market-catalogue|market-mirror)\.ts$/,
  },
  {
    name: "menus",
    test: /\/node_modules\/(@radix-ui\/(?!react-(slider|switch|popover|tabs))|@floating-ui|react-remove-scroll|react-style-singleton|aria-hidden)/,
    minShareCount: 2,
  },
  {
    name: "strategy",
    test: /\/host\/strategy\/(change\/|compile\/|document\/(?!plain-words)|formula\/|functions\/|model\/)|\/opcode\.ts$|\/node_modules\/zod\//,
    minShareCount: 2,
    // What else it needs is small, and needed by screens without strategies.
    includeDependenciesRecursively: false,
  },
  {
    name: "trading",
    test: /\/web\/(bots|accounts)\//,
    includeDependenciesRecursively: false,
  },
  {
    name: "relay",
    test: /\/web\/relay-client\/(?!pair\.)|\/node_modules\/hono\//,
    includeDependenciesRecursively: false,
  },
  {
    name: "parts",
    test: /\/web\/ui\/(select|text-area|number-field|copy-field|save-file|screen-commands|dropped-files|sort-button)\.tsx?$|\/lucide-react\/dist\/esm\/icons\//,
    minShareCount: 2,
  },
]
const relay = "http://127.0.0.1:8787"

/** Vite for the web part: its root is web/, it builds to build/web, and the relay serves that. */
export default defineConfig(({ isPreview }) => ({
  root: "web",
  publicDir: "../public",
  cacheDir: "../node_modules/.vite",
  plugins: [
    ccxtSource(),
    tanstackRouter(routeTree),
    react(),
    tailwindcss(),
    codeParts(),
    isPreview ? [] : offlineShell(),
  ],
  worker: {
    format: "es" as const,
    plugins: () => [ccxtSource()],
    rolldownOptions: { ...quiet, output: { chunkFileNames, codeSplitting: { groups: [firstRun, ...deviceModels] } } },
  },
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    reportCompressedSize: false,
    // No data: URLs: the content policy has no room for them, and a hashed file is cached for a year.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { ...quiet, output: { codeSplitting: { groups: [firstScreen, firstChart, editor, ...shared] } } },
  },
  server: {
    port: 5173,
    // The relay answers only pages of its own origin, which a page of this development server is not.
    proxy: { "/api": { target: relay, changeOrigin: true, headers: { origin: relay } } },
  },
}))
