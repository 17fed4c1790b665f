import { useEffect, useRef, useSyncExternalStore } from "react"

/** Something a screen can do, for whoever types its name. */
export type ScreenCommand = { name: string; keys?: string; run: () => void }

let screens: readonly (() => ScreenCommand[])[] = []
const listeners = new Set<() => void>()

function showScreens(now: typeof screens) {
  screens = now
  for (const listener of listeners) listener()
}

/** Offers what a screen can do, as long as it is there. */
export function useScreenCommands(commands: ScreenCommand[]) {
  const newest = useRef(commands)
  useEffect(() => {
    newest.current = commands
  })
  useEffect(() => {
    const commandsNow = () => newest.current
    showScreens([...screens, commandsNow])
    return () => showScreens(screens.filter((screen) => screen !== commandsNow))
  }, [])
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** What the screens now shown can do; a screen that arrives later adds its own. */
export function useOfferedCommands(): ScreenCommand[] {
  return useSyncExternalStore(subscribe, () => screens).flatMap((commandsNow) => commandsNow())
}
