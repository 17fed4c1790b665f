import { loader } from "@monaco-editor/react"
import * as monaco from "monaco-editor/editor.js"
import "monaco-editor/features/register.all.js"
import "monaco-editor/languages/definitions/typescript/register.js"
import { jsonDefaults } from "monaco-editor/languages/features/json/register.js"
import { ScriptTarget, typescriptDefaults } from "monaco-editor/languages/features/typescript/register.js"
import editorWorker from "monaco-editor/editor/editor.worker.js?worker&url"
import jsonWorker from "monaco-editor/languages/features/json/json.worker.js?worker&url"
import typescriptWorker from "monaco-editor/languages/features/typescript/ts.worker.js?worker&url"
import { codeTypings, type CoreSources, strategyJsonSchema } from "#engine/strategy"
import coreAddress from "#engine/core-sources?url"
import { startWorker } from "../../worker/trusted-worker.ts"
import { paintEditors } from "./editor-theme.ts"

const workers: Record<string, string> = { json: jsonWorker, typescript: typescriptWorker }

self.MonacoEnvironment = { getWorker: (_id, label) => startWorker(workers[label] ?? editorWorker, { name: label }) }
// Without this the loader asks a server on the internet for Monaco.
loader.config({ monaco })
paintEditors(monaco)
teachJson()
// Without the strategy's API completion is missing, and nothing else.
teachTypeScript().catch(() => {})

/** The whole document's shape: completion and hover. What is wrong is said by the check that every document meets. */
function teachJson(): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: false,
    enableSchemaRequest: false,
    schemas: [{ uri: "candlewright.strategy/1", fileMatch: ["*.json"], schema: strategyJsonSchema() }],
  })
}

/** Completion and hover come from TypeScript, what is wrong from the compiler that makes the strategy run. */
async function teachTypeScript(): Promise<void> {
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ES2020,
    noLib: true,
    allowNonTsExtensions: true,
    strict: true,
  })
  typescriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSuggestionDiagnostics: true })
  const response = await fetch(coreAddress)
  typescriptDefaults.addExtraLib(codeTypings((await response.json()) as CoreSources), "candlewright.d.ts")
}

export { monaco }
