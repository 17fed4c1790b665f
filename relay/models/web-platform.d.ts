// What browsers and Node share of the web's platform, as far as this room uses it: it compiles with neither's own
// types, so nothing of only one of them slips in. `fetch`, clocks and timers are missing on purpose; they are passed in.

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: "abort", listener: () => void): void
  throwIfAborted(): void
}

declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}

declare class Headers {
  constructor(init?: Headers | [string, string][] | Record<string, string>)
  get(name: string): string | null
  set(name: string, value: string): void
  forEach(act: (value: string, name: string) => void): void
}

interface ReadableStreamDefaultReader<Piece> {
  read(): Promise<{ done: true; value?: undefined } | { done: false; value: Piece }>
  cancel(reason?: unknown): Promise<void>
}

interface ReadableStreamDefaultController<Piece> {
  enqueue(piece: Piece): void
  close(): void
  error(reason: unknown): void
}

declare class ReadableStream<Piece> {
  constructor(source: {
    pull?: (controller: ReadableStreamDefaultController<Piece>) => Promise<void>
    cancel?: (reason: unknown) => Promise<void>
  })
  getReader(): ReadableStreamDefaultReader<Piece>
}

declare class Response {
  constructor(body?: ReadableStream<Uint8Array> | string | null, init?: { status?: number; headers?: Headers })
  readonly status: number
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
}

declare class URL {
  constructor(address: string, base?: string)
  static canParse(address: string): boolean
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly hostname: string
  readonly host: string
  readonly origin: string
  readonly href: string
  pathname: string
  search: string
  hash: string
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}
