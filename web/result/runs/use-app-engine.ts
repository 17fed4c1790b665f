import { useEffect, useState } from "react"
import { fetchEngine } from "../../run/fetch-engine.ts"

/** The hash of the engine this Candlewright has; undefined while it is not known. */
export function useAppEngine(): string | undefined {
  const [hash, setHash] = useState<string>()
  useEffect(() => {
    let isHere = true
    fetchEngine().then(
      ({ sha256 }) => isHere && setHash(sha256),
      () => {}, // without an engine nothing is said about engines
    )
    return () => void (isHere = false)
  }, [])
  return hash
}
