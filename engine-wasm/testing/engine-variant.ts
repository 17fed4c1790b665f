import { coreSources } from "./core-sources.ts"

/** How the text of one file under assembly/ differs from its source. */
export type Edit = (path: string, text: string) => string

/** Compiles the engine from edited sources. Throws the compiler's message where it refuses. */
export async function compileVariant(edit: Edit, optimize: "-O0" | "-O3" = "-O3"): Promise<Uint8Array<ArrayBuffer>> {
  const asc = await import("assemblyscript/asc")
  const core = await coreSources()
  const said = asc.createMemoryStream()
  let binary: Uint8Array<ArrayBuffer> | undefined
  const words = ["index.ts", "--outFile", "engine.wasm", "--runtime", "stub", "--enable", "simd"]
  await asc.main([...words, "--initialMemory", "2", optimize], {
    stdout: asc.createMemoryStream(),
    stderr: said,
    readFile: (name) => {
      const path = name.replaceAll("\\", "/").replace(/^(\.\/)+/, "")
      return Object.hasOwn(core, path) ? edit(path, core[path]) : null
    },
    writeFile: (_name, contents) => {
      binary = new Uint8Array(contents as Uint8Array)
    },
    listFiles: () => [],
  })
  if (!binary) throw new Error(`The compiler refuses the edited engine: ${said.toString().slice(0, 2_000)}`)
  return binary
}
