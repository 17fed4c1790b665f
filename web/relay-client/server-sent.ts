/** One message of a stream of server-sent events. */
export type Message = { id: string | undefined; event: string | undefined; data: string }

/** The id, event and data of a message; a comment has none of them. */
export function messageFrom(text: string): Message {
  const lines = text.split("\n")
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""))
  return { id: field("id").at(-1), event: field("event").at(-1), data: field("data").join("\n") }
}
