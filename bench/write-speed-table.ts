import { readFile, writeFile } from "node:fs/promises"
import { projectPath } from "../scripts/project-path.ts"
import { speedTable, withSpeedTable, type BenchResults } from "./speed-table.ts"

// Puts the figures of bench/results.json into the README. Run after a measurement: npx tsx bench/write-speed-table.ts
const results = JSON.parse(await readFile(projectPath("bench/results.json"), "utf8")) as BenchResults
const readme = projectPath("README.md")
await writeFile(readme, withSpeedTable(await readFile(readme, "utf8"), speedTable(results)))
