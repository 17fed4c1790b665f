import { useEffect, useRef } from "react"

/** Something a screen can do, for whoever types its name. */
export type ScreenCommand = { name: string; keys?: string; run: () => void }

const screens = new Set<() => ScreenCommand[]>()

/** Offers what a screen can do, as long as it is there. */
export function useScreenCommands(commands: ScreenCommand[]) {
  const newest = useRef(commands)
  useEffect(() => {
    newest.current = commands
  })
  useEffect(() => {
    const commandsNow = () => newest.current
    screens.add(commandsNow)
    return () => {
      screens.delete(commandsNow)
    }
  }, [])
}

/** What the screens now shown can do. */
export function screenCommands(): ScreenCommand[] {
  return [...screens].flatMap((commandsNow) => commandsNow())
}
