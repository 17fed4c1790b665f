import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { Devices } from "./devices.tsx"
import { Passkeys, SignIn } from "./passkeys.tsx"
import { pairingProblem } from "./pair-from-address.ts"
import { Tokens } from "./tokens.tsx"

/** Who may use the relay that runs this app: paired browsers, and programs with a token. */
export function RelaySection() {
  const pairing = useKept(findPairing)
  const problem = pairingProblem()
  return (
    <section id="devices" aria-label="Devices and tokens" className="flex flex-col gap-4 border-t border-line pt-4">
      <h2 className="text-base font-semibold">Devices and tokens</h2>
      {problem !== undefined && <Notice kind="warn">{problem}</Notice>}
      {pairing.state === "loading" && <Skeleton className="h-20 w-full" />}
      {pairing.state === "unavailable" && <Notice kind="error">{pairing.because}</Notice>}
      {pairing.state === "ready" &&
        (pairing.value ? (
          <>
            <Devices />
            <Passkeys />
            <Tokens />
          </>
        ) : (
          <NotPaired />
        ))}
    </section>
  )
}

function NotPaired() {
  return (
    <div className="flex max-w-[72ch] flex-col gap-2 text-ink-soft">
      <p>
        This browser is not paired with the Candlewright that runs on this computer. Backtests, candles and your library
        need no pairing: they are in this browser. Saying who else may use it does.
      </p>
      <p>
        To pair, open the link that Candlewright printed when it started, or print a new one in a terminal:{" "}
        <code className="font-mono text-ink">npx candlewright pair</code>. A link works once and for two minutes.
      </p>
      <SignIn />
    </div>
  )
}
