import { appendFile, chmod, copyFile, mkdir, rm, symlink, writeFile } from "node:fs/promises"
import { build as bundle } from "esbuild"
import { build as buildWeb } from "vite"
import { bundleRelay } from "./bundle-relay.ts"
import { buildEngine } from "./engine-build.ts"
import { isFresh } from "./freshness.ts"
import { precompress } from "./precompress.ts"
import { projectPath } from "./project-path.ts"
import { generateRouteTree } from "./route-tree.ts"

/** Written last by a build that succeeded; its age is the build's age. */
const stamp = "build/built-at"
const sources = [
  "engine-wasm/assembly",
  "engine-wasm/host",
  "relay",
  "bench",
  "web",
  "public",
  "scripts",
  "asconfig.json",
  "vite.config.ts",
  "package-lock.json",
]

// Engine, app and relay, in dependency order: everything goes to build/.
try {
  if (!process.argv.includes("--if-stale") || !(await isFresh(stamp, sources))) await buildEverything()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function buildEverything() {
  const started = performance.now()
  await buildEngine()
  await generateRouteTree()
  await Promise.all([buildApp(), buildRelay()])
  await writeFile(projectPath(stamp), new Date().toISOString())
  console.log(`Built the engine, the app and the relay in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

async function buildApp() {
  await buildWeb({ configFile: projectPath("vite.config.ts"), logLevel: "warn" })
  await addPushes(projectPath("build/web/sw.js"))
  await precompress(projectPath("build/web"))
}

/** The service worker is written by workbox, in one file: what shows the relay's messages is put at its end. */
async function addPushes(serviceWorker: string) {
  const { outputFiles } = await bundle({
    entryPoints: [projectPath("web/worker/push-worker.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  })
  await appendFile(serviceWorker, `\n${outputFiles[0].text}`)
}

async function buildRelay() {
  const command = projectPath("build/candlewright.mjs")
  await mkdir(projectPath("build"), { recursive: true })
  await bundleRelay(projectPath("build"), { sourcemap: true, beside: { bench: "bench/main.ts" } })
  await chmod(command, 0o755)
  await copyFile(projectPath("engine-wasm/build/engine.wasm"), projectPath("build/engine.wasm"))
  await copyFile(projectPath("engine-wasm/build/core-sources.json"), projectPath("build/core-sources.json"))
  await linkCommand(command)
}

/** `npx candlewright` looks here first, so inside the clone it never asks a registry. */
async function linkCommand(command: string) {
  const link = projectPath("node_modules/.bin/candlewright")
  await rm(link, { force: true })
  await symlink(command, link)
}
