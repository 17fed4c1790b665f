import { writeFile } from "node:fs/promises"
import { HonestNo } from "./command.ts"

/** Writes a whole text file; `HonestNo` where it cannot be written. */
export async function writeTextFile(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: Error) => {
    throw new HonestNo(`"${file}" cannot be written: ${error.message}`, { file })
  })
}
