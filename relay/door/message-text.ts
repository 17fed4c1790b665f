import type { RawData } from "ws"

/** The text of one WebSocket message, whichever way its bytes came; UTF-8. */
export function messageText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8")
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString("utf8")
}
