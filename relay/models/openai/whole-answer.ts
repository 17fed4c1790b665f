/** A server that does not stream answers in one piece: made into a stream of one chunk. Streams and refusals stay. */
export async function streamed(answer: Response): Promise<Response> {
  const isWhole = /^application\/json\b/i.test(answer.headers.get("content-type") ?? "")
  if (!isWhole || answer.status >= 300 || answer.body === null) return answer
  const text = await textOf(answer.body)
  return new Response(`data: ${JSON.stringify(chunkFrom(text))}\n\n`, {
    status: answer.status,
    headers: new Headers({ "content-type": "text/event-stream" }),
  })
}

/** Throws a `SyntaxError` where it is not JSON, as a chunk that is none does. */
function chunkFrom(text: string): object {
  const whole = JSON.parse(text) as { choices?: { message?: unknown; finish_reason?: unknown }[] }
  const choices = Array.isArray(whole?.choices) ? whole.choices : []
  return { ...whole, choices: choices.map(({ message, finish_reason }) => ({ delta: message, finish_reason })) }
}

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    text += decoder.decode(piece.value, { stream: true })
  return text + decoder.decode()
}
