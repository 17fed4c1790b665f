import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync, writeSync } from "node:fs"
import { recordOf } from "./record.ts"

/** What a record file could not do. `isUndone` says that the file is as it was before. */
export class NotWritten extends Error {
  constructor(
    cause: unknown,
    readonly isUndone: boolean,
  ) {
    super((cause as Error).message, { cause })
  }
}

/** A file that only grows, record by record. Writing is at once and complete, or it has not happened. */
export class RecordFile {
  private readonly descriptor: number

  /** Opens or creates the file; what is beyond its first `bytes` is cut off. */
  constructor(
    path: string,
    private readonly salt: string,
    private length: number,
  ) {
    this.descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    ftruncateSync(this.descriptor, length)
  }

  /** Its length in bytes. */
  get bytes(): number {
    return this.length
  }

  /** Adds a record; by default it is on the disk, not just on its way, when this returns. Throws `NotWritten`. */
  append(content: Uint8Array, { isSynced = true } = {}): void {
    const record = recordOf(content, { salt: this.salt, atByte: this.length })
    try {
      writeWhole(this.descriptor, record, this.length)
      if (isSynced) fdatasyncSync(this.descriptor)
    } catch (error) {
      throw new NotWritten(error, this.undo())
    }
    this.length += record.length
  }

  close(): void {
    closeSync(this.descriptor)
  }

  private undo(): boolean {
    try {
      ftruncateSync(this.descriptor, this.length)
      return true
    } catch {
      return false
    }
  }
}

function writeWhole(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
}
