import type { VectorReader } from "./arrow-vector.ts"
import type { ZstdStream } from "./zstd-frame.ts"

/**
 * The part of the package apache-arrow we use. Callers pass it in, so that the engine depends on nothing and a page
 * loads it only when needed.
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

/** The part of the package flatbuffers we use; apache-arrow reads the schema of a file with it. */
export type FlatBuffersLibrary = { ByteBuffer: { prototype: VectorReader } }

/** Loads apache-arrow, flatbuffers, and a Zstandard decoder for files compressed with it. */
export type ArrowDoor = {
  load(): Promise<ArrowLibrary>
  loadFlatBuffers(): Promise<FlatBuffersLibrary>
  loadZstd(): Promise<ZstdStream>
}
