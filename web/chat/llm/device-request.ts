import { ModelFailure, type ModelMessage, type ModelRequest } from "#models"

/** A message as the libraries on the device take it. */
export type DeviceMessage = { role: "system" | "user" | "assistant"; content: string }

/** The messages of a request for a model that knows no tools: what a tool said comes from the person's side. */
export function deviceMessages({ messages }: ModelRequest): DeviceMessage[] {
  return messages.map(deviceMessage)
}

function deviceMessage(message: ModelMessage): DeviceMessage {
  return message.role === "tool"
    ? { role: "user", content: message.text }
    : { role: message.role, content: message.text }
}

/** The schema an answer must have; undefined for words. Tools are never asked of a model on the device. */
export function wantedSchema({ answer }: ModelRequest): Record<string, unknown> | undefined {
  if (answer.kind === "tools")
    throw new ModelFailure("badOutput", { because: "A model on this device knows no tools." })
  return answer.kind === "envelope" ? answer.schema : undefined
}
