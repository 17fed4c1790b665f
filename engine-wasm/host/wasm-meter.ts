/** Not metered yet. */
export function meteredModule(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return binary
}
