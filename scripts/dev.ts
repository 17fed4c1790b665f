import { spawn, type ChildProcess } from "node:child_process"
import { watch } from "node:fs"
import { createServer } from "vite"
import { buildEngine } from "./engine-build.ts"
import { projectPath } from "./project-path.ts"

// For developers: the app with hot reload, the relay restarted on change, the engine compiled again on change.
await buildEngine()
const app = await createServer({ configFile: projectPath("vite.config.ts") })
await app.listen()
const relay = startRelay()
watchEngine()
console.log(`The app, with hot reload: ${app.resolvedUrls?.local[0] ?? "see Vite's message above"}`)
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop())

function startRelay(): ChildProcess {
  const tsx = projectPath("node_modules/tsx/dist/cli.mjs")
  const command = [tsx, "watch", "--clear-screen=false", "relay/cli/main.ts", "serve"]
  return spawn(process.execPath, command, {
    cwd: projectPath("."),
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PORT: "8787" },
  })
}

function watchEngine() {
  let pending: NodeJS.Timeout | undefined
  watch(projectPath("engine-wasm/assembly"), { recursive: true }, () => {
    clearTimeout(pending)
    // An editor saves in several steps; one build follows the last of them.
    pending = setTimeout(() => void rebuildEngine(), 150)
  })
}

async function rebuildEngine() {
  try {
    await buildEngine()
    app.hot.send({ type: "full-reload" })
    console.log("The engine was compiled again; the page reloads.")
  } catch (error) {
    console.error((error as Error).message)
  }
}

async function stop() {
  relay.kill("SIGTERM")
  await app.close()
  process.exit(0)
}
