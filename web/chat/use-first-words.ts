import { useEffect, useRef } from "react"

/** Says what the person wrote on another screen, once, as soon as the conversation is open. */
export function useFirstWords(words: string | undefined, isLoading: boolean, say: (words: string) => void) {
  const said = useRef(false)
  useEffect(() => {
    if (words === undefined || words.trim() === "" || isLoading || said.current) return
    said.current = true
    say(words.trim())
  })
}
