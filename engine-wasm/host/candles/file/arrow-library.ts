import type { VectorReader } from "./arrow-vector.ts"
import type { ZstdStream } from "./zstd-frame.ts"

/**
 * What is used of the package apache-arrow. It is handed in, so that the engine depends on nothing and a page loads
 * it only when it is needed.
 */
export type ArrowLibrary = {
  RecordBatchReader: { from(bytes: Uint8Array): { open(): ArrowReader } }
  Table: new (batches: ArrowBatch[]) => ArrowTable
  compressionRegistry: { set(kind: number, codec: { decode(packed: Uint8Array): Uint8Array }): void }
  CompressionType: { LZ4_FRAME: number; ZSTD: number }
}

export type ArrowReader = {
  schema: { fields: ArrowField[] }
  numRecordBatches?: number
  readRecordBatch(at: number): ArrowBatch | null
}
export type ArrowField = { name: string; type: { typeId: number; dictionary?: { typeId: number } } }
export type ArrowBatch = {
  numRows: number
  data: { children: { length: number; values?: ArrayLike<unknown>; valueOffsets?: ArrayLike<number | bigint> }[] }
}
export type ArrowTable = { getChildAt(at: number): ArrowColumn | null }
export type ArrowColumn = { nullCount: number; toArray(): ArrayLike<unknown>; get(at: number): unknown }

/** What is used of the package flatbuffers, with which apache-arrow reads the description of a file. */
export type FlatBuffersLibrary = { ByteBuffer: { prototype: VectorReader } }

/**
 * How to get at apache-arrow, at what it reads descriptions with, and at a decoder of Zstandard for files packed so.
 */
export type ArrowDoor = {
  load(): Promise<ArrowLibrary>
  loadFlatBuffers(): Promise<FlatBuffersLibrary>
  loadZstd(): Promise<ZstdStream>
}
