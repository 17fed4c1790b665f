type PressedKey = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }

/** What a key does on a chart; nothing for a key that is not the chart's. */
export type KeyAction =
  | { kind: "candle" | "trade"; step: number }
  | { kind: "zoom"; factor: number }
  | { kind: "press" }

export function keyAction({ key, shiftKey, ctrlKey, metaKey }: PressedKey): KeyAction | undefined {
  if (ctrlKey || metaKey) return undefined
  if (key === "ArrowLeft" || key === "ArrowRight")
    return { kind: shiftKey ? "trade" : "candle", step: key === "ArrowLeft" ? -1 : 1 }
  if (key === "+" || key === "=") return { kind: "zoom", factor: 0.7 }
  if (key === "-") return { kind: "zoom", factor: 1 / 0.7 }
  return key === "Enter" ? { kind: "press" } : undefined
}
