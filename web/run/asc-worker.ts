import { expose } from "comlink"
import { type CodeOptimization, type CompiledCode, compileCode, type CoreSources } from "#engine/strategy"
import coreAddress from "#engine/core-sources?url"

export type AscApi = {
  /** Compiles a strategy's code with the engine's core. Throws when the core cannot be fetched. */
  compile(source: string, optimize: CodeOptimization): Promise<CompiledCode>
}

expose({ compile } satisfies AscApi)

let core: Promise<CoreSources> | undefined

async function compile(source: string, optimize: CodeOptimization): Promise<CompiledCode> {
  core ??= fetchCore().catch((error: unknown) => {
    core = undefined
    throw error
  })
  return compileCode(source, { core: await core, optimize })
}

async function fetchCore(): Promise<CoreSources> {
  const response = await fetch(coreAddress)
  if (!response.ok)
    throw new Error("The compiler's files could not be fetched. Check the connection and try again; your code is safe.")
  return (await response.json()) as CoreSources
}
