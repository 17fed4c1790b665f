import { readFileSync } from "node:fs"
import { projectPath } from "../../scripts/project-path.ts"

/** One instruction: its name, and its words; those of a list in JSON as that list. */
export type Instruction = { name: string; words: string[]; options: Record<string, string> }

/** One stage of a Dockerfile. */
export type Stage = { from: string; name?: string; instructions: Instruction[] }

/** The stages of deploy/Dockerfile, the last of which is the image. */
export function dockerStages(): Stage[] {
  const stages: Stage[] = []
  for (const line of instructionLines(readFileSync(projectPath("deploy/Dockerfile"), "utf8"))) {
    const [name, ...words] = line.split(/\s+/)
    if (name === "FROM") stages.push({ from: words[0], name: words[2], instructions: [] })
    else stages.at(-1)?.instructions.push(instructionOf(name, words, line))
  }
  return stages
}

/** What the image starts with: of the last stage, or of its base. */
export function settingOf({ instructions }: Stage, name: string): string[] {
  const found = instructions.filter((each) => each.name === name)
  if (found.length !== 1) throw new Error(`The image has ${found.length} instructions ${name}.`)
  return found[0].words
}

function instructionLines(text: string): string[] {
  const lines = text.replaceAll(/\\\n\s*/g, "").split("\n")
  return lines.filter((line) => line.trim() !== "" && !line.startsWith("#"))
}

function instructionOf(name: string, words: string[], line: string): Instruction {
  const isOption = (word: string) => word.startsWith("--") && !line.startsWith("RUN")
  const options = Object.fromEntries(words.filter(isOption).map((word) => word.slice(2).split("=")))
  const list = /\[".*"\]$/.exec(line)?.[0]
  return {
    name,
    options: options as Record<string, string>,
    words: list ? (JSON.parse(list) as string[]) : words.filter((word) => !isOption(word)),
  }
}
