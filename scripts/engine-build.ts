import { spawn } from "node:child_process"
import { isFresh } from "./freshness.ts"
import { projectPath } from "./project-path.ts"

/** Compiles engine-wasm/assembly to engine-wasm/build/engine.wasm if it changed; throws when the compiler refuses. */
export async function buildEngine(): Promise<void> {
  if (await isFresh("engine-wasm/build/engine.wasm", ["engine-wasm/assembly", "asconfig.json", "package-lock.json"])) return
  const asc = projectPath("node_modules/assemblyscript/bin/asc.js")
  const compiler = spawn(process.execPath, [asc, "--config", "asconfig.json", "--target", "release"], {
    cwd: projectPath("."),
    stdio: "inherit",
  })
  const code = await new Promise((resolve, reject) => compiler.once("exit", resolve).once("error", reject))
  if (code !== 0) throw new Error("The engine does not compile; the compiler's messages are above.")
}
