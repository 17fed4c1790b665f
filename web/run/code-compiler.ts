import { codeEngineFrom, type LoadedCode } from "#engine/run"
import type { CodeDiagnostic, CodeOptimization, CompiledCode } from "#engine/strategy"
import { BackgroundWorker, WorkerMissing } from "../worker/background-worker.ts"
import type { AscApi } from "./asc-worker.ts"
import { compilerMissing } from "./compiler-missing.ts"
import address from "./asc-worker.ts?worker&url"

/** The compiler holds some 300 MB: idle for this long, its worker ends. */
const IDLE_MS = 60_000
/** The slowest real compilation takes a few seconds, on a phone ten times that. */
const MOST_MS = 90_000

let worker: BackgroundWorker<AscApi> | undefined
let underWay = 0
let idle: ReturnType<typeof setTimeout> | undefined

/**
 * Compiles a strategy's code in a worker of its own into an engine. Mistakes come back as diagnostics. Throws when
 * the compiler cannot be fetched or does not finish. The first call fetches the compiler (about 2 MB).
 */
export async function compileInBrowser(source: string, optimize: CodeOptimization = "full"): Promise<LoadedCode> {
  return codeEngineFrom(
    source,
    await withCompiler((compiler) =>
      compiler.call<CompiledCode>((remote) => remote.compile(source, optimize) as Promise<CompiledCode>),
    ),
  )
}

/**
 * What the compiler says of a source, as fast as it can; nothing is run. Throws as `compileInBrowser` does. Of several
 * sources that wait for the compiler only the newest is read; the others answer like it.
 */
export function checkInBrowser(source: string): Promise<CodeDiagnostic[]> {
  waiting = source
  checking ??= checkWaiting().finally(() => (checking = undefined))
  return checking
}

let waiting: string | undefined
let checking: Promise<CodeDiagnostic[]> | undefined

async function checkWaiting(): Promise<CodeDiagnostic[]> {
  let diagnostics: CodeDiagnostic[] = []
  while (waiting !== undefined) {
    const source = waiting
    waiting = undefined
    const compiled = await withCompiler((compiler) =>
      compiler.call<CompiledCode>((remote) => remote.compile(source, "fast") as Promise<CompiledCode>),
    )
    diagnostics = compiled.diagnostics
  }
  return diagnostics
}

async function withCompiler<Answer>(ask: (compiler: BackgroundWorker<AscApi>) => Promise<Answer>): Promise<Answer> {
  clearTimeout(idle)
  worker ??= new BackgroundWorker<AscApi>(address)
  const own = worker
  const late = setTimeout(() => forget(own), MOST_MS)
  underWay++
  try {
    return await ask(own)
  } catch (error) {
    forget(own) // whatever state it is in, the next try begins without it
    throw error instanceof WorkerMissing ? new Error(compilerMissing) : error
  } finally {
    clearTimeout(late)
    underWay--
    if (underWay === 0) idle = setTimeout(() => forget(own), IDLE_MS)
  }
}

function forget(own: BackgroundWorker<AscApi>): void {
  own.stop()
  if (worker === own) worker = undefined
}
