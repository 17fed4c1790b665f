let press: object | undefined

globalThis.document?.addEventListener("pointerdown", () => (press = {}), true)
globalThis.document?.addEventListener("keydown", () => (press = undefined), true)

/**
 * The press of the pointer that moves something now, until the next press or key: what it moved may be told after it has
 * ended. Undefined where a key moves it.
 */
export function heldPress(): object | undefined {
  return press
}
