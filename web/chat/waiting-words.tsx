import { useEffect, useState } from "react"

/** So long nobody wonders. */
const QUIET_MS = 5_000
const EVERY_MS = 1_000

/** How long a model has said nothing, and when it counts as gone; nothing while it answers. */
export function WaitingWords({ sign, mostMs }: { sign: string; mostMs: number }) {
  const [heard, setHeard] = useState({ sign, quietMs: 0 })
  if (heard.sign !== sign) setHeard({ sign, quietMs: 0 })
  useEffect(() => {
    const timer = setInterval(() => setHeard((now) => ({ sign: now.sign, quietMs: now.quietMs + EVERY_MS })), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  if (heard.quietMs < QUIET_MS) return null
  return (
    <p data-testid="waiting" className="max-w-[64ch] text-sm text-ink-soft tabular-nums">
      {`Nothing new for ${heard.quietMs / 1000} s. After ${mostMs / 1000} s without a sign it counts as gone, and you are told; nothing is changed meanwhile.`}
    </p>
  )
}
