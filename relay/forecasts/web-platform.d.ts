// What browsers and Node share of the web's platform, as far as this room uses it: it compiles with neither's own
// types, so nothing of only one of them slips in.

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
}

declare class TextDecoder {
  decode(bytes?: Uint8Array): string
}
