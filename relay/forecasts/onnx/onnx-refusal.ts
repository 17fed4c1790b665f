import { quoted } from "#engine/candles"

/** How many letters of a name from a file a sentence repeats. */
const NAME_LETTERS = 60

/** Thrown where a file turns out to be unfit; `describeOnnx` catches it and answers with its sentence. */
export class OnnxRefusal extends Error {}

/** Ends the reading of a file with a sentence for the person who chose it. */
export function refuse(because: string): never {
  throw new OnnxRefusal(because)
}

/** A name out of a file as a sentence shows it. */
export function nameOf(name: string): string {
  return name === "" ? "without a name" : quoted(name, NAME_LETTERS)
}
