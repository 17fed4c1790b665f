import { expose } from "comlink"
import { type CodeOptimization, type CompiledCode, compileCode, type CoreSources } from "#engine/strategy"
import coreAddress from "#engine/core-sources?url"
import { compilerMissing } from "./compiler-missing.ts"

export type AscApi = {
  /** Compiles a strategy's code with the engine's core. Throws when the core cannot be fetched. */
  compile(source: string, optimize: CodeOptimization): Promise<CompiledCode>
}

expose({ compile } satisfies AscApi)

let core: Promise<CoreSources> | undefined

async function compile(source: string, optimize: CodeOptimization): Promise<CompiledCode> {
  core ??= fetchCompiler().catch(() => {
    core = undefined
    throw new Error(compilerMissing)
  })
  return compileCode(source, { core: await core, optimize })
}

async function fetchCompiler(): Promise<CoreSources> {
  const [response] = await Promise.all([fetch(coreAddress), import("assemblyscript/asc")])
  if (!response.ok) throw new Error(response.statusText)
  return (await response.json()) as CoreSources
}
