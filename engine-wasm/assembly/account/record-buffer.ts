// Buffers for a run's records. The host empties them between blocks; the engine stops a run before one could
// overflow.
import { allocate, reserve } from "../memory"

@unmanaged
export class RecordBuffer {
  count: i32
  capacity: i32
  fields: i32
  rows: usize

  /** Address of a fresh row. */
  @inline append(): usize {
    assert(this.count < this.capacity, "the host must empty the buffer first")
    return this.rows + ((<usize>(this.count++ * this.fields)) << 3)
  }

  /** Address of `count` fresh rows. */
  @inline appendMany(count: i32): usize {
    assert(this.count + count <= this.capacity, "the host must empty the buffer first")
    const row = this.rows + ((<usize>(this.count * this.fields)) << 3)
    this.count += count
    return row
  }

  /** Address of the next row. */
  @inline next(): usize {
    return this.rows + ((<usize>(this.count * this.fields)) << 3)
  }

  @inline room(): i32 {
    return this.capacity - this.count
  }
}

export function newRecordBuffer(fields: i32, capacity: i32): RecordBuffer {
  const buffer = changetype<RecordBuffer>(allocate(offsetof<RecordBuffer>()))
  buffer.fields = fields
  buffer.capacity = capacity
  buffer.rows = reserve((<usize>(fields * capacity)) << 3)
  return buffer
}
