import { spawn } from "node:child_process"
import { projectPath } from "./project-path.ts"

/**
 * Runs one command of the project with its output streamed through; resolves to its exit code (1 when it cannot
 * start).
 */
export async function runStep(
  title: string,
  command: string[],
  environment: Record<string, string> = {},
): Promise<number> {
  console.log(`\n— ${title}`)
  const started = performance.now()
  const code = await exitCodeOf(command, environment)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(code === 0 ? `  done in ${seconds} s` : `  FAILED after ${seconds} s (exit code ${code})`)
  return code
}

function exitCodeOf([name, ...rest]: string[], environment: Record<string, string>) {
  const program = projectPath(`node_modules/.bin/${name}`)
  const child = spawn(program, rest, {
    cwd: projectPath("."),
    // Nobody is there to answer a question.
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment },
    shell: process.platform === "win32",
  })
  return new Promise<number>((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1))
    child.once("error", () => resolve(1))
  })
}
