import { writeFile } from "node:fs/promises"
import { codeIndicators } from "./code-indicators.ts"
import { projectPath } from "./project-path.ts"

await writeFile(projectPath("engine-wasm/assembly/code/indicators.ts"), await codeIndicators())
