/** A model that knows nothing: what it wants after each letter is drawn by chance, the ends of texts and lists a little more. */
export function randomGguf(seed: number): Uint8Array<ArrayBuffer> {
  const random = chance(seed)
  return tinyGguf([], (_, next) => 4 * (random() - 0.5) + ('"]}'.includes(next) ? 3 : 0) - (next === " " ? 8 : 0))
}

/**
 * A model that spells: after a piece (a letter, or one of its words) it wants each of its followers that may stand
 * there, the first one most.
 */
export function spellingGguf(followers: Record<string, readonly string[]>): Uint8Array<ArrayBuffer> {
  const words = [...new Set(Object.values(followers).flat())].filter((piece) => piece.length > 1)
  return tinyGguf(words, (before, next) => {
    const place = Object.hasOwn(followers, before) ? followers[before].indexOf(next) : -1
    return place === -1 ? 0 : 60 - 5 * place
  })
}

/** How much the model wants a piece after another; an empty one is the beginning. */
type Wish = (before: string, next: string) => number

const NEVER = -30

/**
 * A language model in the GGUF format (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) that really runs in
 * llama.cpp: one layer that changes nothing, letters as one-hot vectors, and a table of wishes as its last matrix.
 */
function tinyGguf(words: readonly string[], wish: Wish): Uint8Array<ArrayBuffer> {
  const begin = new GgufBytes()
  const pieces = [...control, ...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), ...words]
  const tensors = tensorsOf(pieces, wish)
  const metadata = metadataOf(pieces)
  begin.text32("GGUF").u32(3).u64(tensors.length).u64(metadata.length)
  for (const [key, write] of metadata) {
    begin.text(key)
    write(begin)
  }
  let offset = 0
  for (const { name, shape, values } of tensors) {
    begin.text(name).u32(shape.length)
    for (const length of shape) begin.u64(length)
    begin.u32(F32).u64(offset)
    offset += aligned(values.byteLength)
  }
  begin.pad()
  for (const { values } of tensors) begin.floats(values).pad()
  return begin.bytes()
}

/** Tokens without letters; behind them come the 256 bytes, and then words. */
const control = ["<unk>", "<s>", "</s>"]
const WORDS_FROM = control.length + 256
/** Room for one number per token, in heads of even length. */
const WIDTH = 320
const INNER = 32
const HEADS = 4
const F32 = 0
const ALIGNMENT = 32

type Tensor = { name: string; shape: number[]; values: Float32Array<ArrayBuffer> }

function tensorsOf(pieces: readonly string[], wish: Wish): Tensor[] {
  const tokens = pieces.length
  if (tokens > WIDTH) throw new Error(`a tiny model knows at most ${WIDTH} pieces`)
  const embedding = new Float32Array(WIDTH * tokens)
  for (let token = 0; token < tokens; token++) embedding[token * WIDTH + token] = 1
  const output = new Float32Array(WIDTH * tokens)
  // A normed one-hot vector has the root of the width in its one place.
  const scale = 1 / Math.sqrt(WIDTH)
  for (let next = 0; next < tokens; next++)
    for (let before = 0; before < tokens; before++)
      output[next * WIDTH + before] = scale * (canSay(next, pieces[next]) ? wish(pieces[before], pieces[next]) : NEVER)
  const ones = () => new Float32Array(WIDTH).fill(1)
  const none = (rows: number, columns: number) => new Float32Array(rows * columns)
  return [
    { name: "token_embd.weight", shape: [WIDTH, tokens], values: embedding },
    { name: "blk.0.attn_norm.weight", shape: [WIDTH], values: ones() },
    ...["attn_q", "attn_k", "attn_v", "attn_output"].map((part) => ({
      name: `blk.0.${part}.weight`,
      shape: [WIDTH, WIDTH],
      values: none(WIDTH, WIDTH),
    })),
    { name: "blk.0.ffn_norm.weight", shape: [WIDTH], values: ones() },
    { name: "blk.0.ffn_gate.weight", shape: [WIDTH, INNER], values: none(WIDTH, INNER) },
    { name: "blk.0.ffn_up.weight", shape: [WIDTH, INNER], values: none(WIDTH, INNER) },
    { name: "blk.0.ffn_down.weight", shape: [INNER, WIDTH], values: none(INNER, WIDTH) },
    { name: "output_norm.weight", shape: [WIDTH], values: ones() },
    { name: "output.weight", shape: [WIDTH, tokens], values: output },
  ]
}

type Write = (to: GgufBytes) => void

const text =
  (value: string): Write =>
  (to) =>
    to.u32(8).text(value)
const whole =
  (value: number): Write =>
  (to) =>
    to.u32(4).u32(value)
const real =
  (value: number): Write =>
  (to) =>
    to.u32(6).f32(value)
const list =
  (type: number, length: number, item: (to: GgufBytes, at: number) => void): Write =>
  (to) => {
    to.u32(9).u32(type).u64(length)
    for (let at = 0; at < length; at++) item(to, at)
  }

function metadataOf(pieces: readonly string[]): [string, Write][] {
  return [
    ["general.architecture", text("llama")],
    ["general.name", text("tiny")],
    ["general.alignment", whole(ALIGNMENT)],
    ["llama.context_length", whole(16_384)],
    ["llama.embedding_length", whole(WIDTH)],
    ["llama.block_count", whole(1)],
    ["llama.feed_forward_length", whole(INNER)],
    ["llama.attention.head_count", whole(HEADS)],
    ["llama.attention.head_count_kv", whole(HEADS)],
    ["llama.rope.dimension_count", whole(WIDTH / HEADS)],
    ["llama.attention.layer_norm_rms_epsilon", real(1e-6)],
    ["llama.vocab_size", whole(pieces.length)],
    ["tokenizer.ggml.model", text("llama")],
    ["tokenizer.ggml.tokens", list(8, pieces.length, (to, at) => to.text(tokenText(at, pieces[at])))],
    ["tokenizer.ggml.scores", list(6, pieces.length, (to) => to.f32(0))],
    ["tokenizer.ggml.token_type", list(5, pieces.length, (to, at) => to.u32(tokenKind(at)))],
    ["tokenizer.ggml.bos_token_id", whole(1)],
    ["tokenizer.ggml.eos_token_id", whole(2)],
    ["tokenizer.ggml.unknown_token_id", whole(0)],
    ["tokenizer.chat_template", text("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ")],
  ]
}

function tokenText(at: number, piece: string): string {
  if (at < control.length || at >= WORDS_FROM) return piece
  return `<0x${piece.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}>`
}

/** Unknown, control, byte, word. */
function tokenKind(at: number): number {
  if (at >= WORDS_FROM) return 1
  return at >= control.length ? 6 : at === 0 ? 2 : 3
}

/** Halves of letters would not be text. */
function canSay(at: number, piece: string): boolean {
  return at >= control.length && /^[ -~]+$/.test(piece)
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}

/** Mulberry32: the same numbers on every machine. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Bytes written one after another, little end first. */
class GgufBytes {
  readonly #parts: Uint8Array<ArrayBuffer>[] = []
  #length = 0

  u32(value: number): this {
    return this.#number(4, (view) => view.setUint32(0, value, true))
  }

  u64(value: number): this {
    return this.#number(8, (view) => view.setBigUint64(0, BigInt(value), true))
  }

  f32(value: number): this {
    return this.#number(4, (view) => view.setFloat32(0, value, true))
  }

  text(value: string): this {
    const bytes = new TextEncoder().encode(value)
    return this.u64(bytes.length).#put(bytes)
  }

  text32(value: string): this {
    return this.#put(new TextEncoder().encode(value))
  }

  floats(values: Float32Array<ArrayBuffer>): this {
    return this.#put(new Uint8Array(values.buffer))
  }

  pad(): this {
    return this.#put(new Uint8Array(aligned(this.#length) - this.#length))
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  #number(length: number, write: (view: DataView) => void): this {
    const bytes = new Uint8Array(length)
    write(new DataView(bytes.buffer))
    return this.#put(bytes)
  }

  #put(bytes: Uint8Array<ArrayBuffer>): this {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }
}
