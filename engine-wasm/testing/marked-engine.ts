import { loadEngine, type Engine } from "../host/run/engine/engine.ts"
import { compileVariant } from "./engine-variant.ts"

/** The same engine that also counts which of its paths a run takes (assembly/mark.ts). */
export async function markedEngine(): Promise<Engine> {
  const counting = (path: string, text: string) =>
    path === "mark.ts" ? text.replace("MARKS: bool = false", "MARKS: bool = true") : text
  return loadEngine(await compileVariant(counting, "-O0"))
}
