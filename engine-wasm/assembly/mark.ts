// Coverage marks: tests count which paths of the engine a run takes. The shipped engine counts nothing;
// engine-wasm/testing/marked-engine.ts compiles the same sources with `MARKS` true.
import { Mark } from "./path-mark"

export const MARKS: bool = false

const visits = memory.data(256)

// @ts-ignore: decorator
@inline
export function mark(path: Mark): void {
  if (MARKS) store<u32>(visits + (<usize>path << 2), load<u32>(visits + (<usize>path << 2)) + 1)
}

/** How often a path ran since the instance began; 0 in the shipped engine. */
export function visited(path: i32): i32 {
  return MARKS ? <i32>load<u32>(visits + (<usize>path << 2)) : 0
}
