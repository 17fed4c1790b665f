// A bump allocator: the host stores candles once, marks the place, and releases everything above it before the next
// run.
import { HAS_CODE } from "./has-code"

const PAGE: usize = 65_536
const ALIGN: usize = 16

/** The start of untouched memory: it is zero already, and clearing a year of candles twice would be a waste. */
let untouched: usize = 0
let top: usize = HAS_CODE ? behindHeap() : (__heap_base + ALIGN - 1) & ~(ALIGN - 1)

/**
 * A strategy in code has a heap of its own: all of the memory the module begins with. The host puts everything else
 * after it.
 */
function behindHeap(): usize {
  heap.free(heap.alloc(ALIGN))
  return (<usize>memory.size()) << 16
}

/** Address of a fresh zeroed range. Traps when the machine has no more memory. */
export function allocate(bytes: usize): usize {
  const used = untouched
  const address = reserve(bytes)
  if (address < used) memory.fill(address, 0, min(top, used) - address)
  return address
}

/** The same with whatever was there before, for what is written before it is read. */
export function reserve(bytes: usize): usize {
  const address = top
  top = (top + bytes + ALIGN - 1) & ~(ALIGN - 1)
  const wanted = <i32>((top + PAGE - 1) / PAGE)
  const has = memory.size()
  if (wanted > has) assert(memory.grow(wanted - has) >= 0, "out of memory")
  untouched = max(untouched, top)
  return address
}

/** The place to release to later. */
export function mark(): usize {
  return top
}

/** Gives back everything allocated since the mark. */
export function release(place: usize): void {
  top = place
}
