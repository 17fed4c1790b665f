const PAGE_BYTES = 65_536

/**
 * From now on no WebAssembly memory of this worker grows beyond `mostBytes`: what asks for more fails as if the
 * computer had no more. For workers that run what strangers made.
 */
export function limitMemory(mostBytes: number): void {
  const mostPages = Math.floor(mostBytes / PAGE_BYTES)
  const Unlimited = WebAssembly.Memory
  WebAssembly.Memory = class extends Unlimited {
    constructor(wanted: WebAssembly.MemoryDescriptor) {
      super({ ...wanted, maximum: Math.min(wanted.maximum ?? mostPages, mostPages) })
    }
  }
}
