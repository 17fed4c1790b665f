import { useEffect, useState } from "react"
import { formatNumber } from "#engine/candles"
import type { KeptStrategy } from "../../db/kept-strategy.ts"
import { runsOf } from "../../db/saved-run.ts"
import { isRunOf } from "../../db/tested-state.ts"
import { CopyField } from "../../ui/copy-field.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { shareFragment } from "./share-link.ts"

type Made = { ok: true; link: string } | { ok: false; because: string }

/** A strategy as a link: all of it is in the address, behind #, which browsers keep to themselves. */
export function ShareDialog({ strategy, onClose }: { strategy: KeptStrategy; onClose: () => void }) {
  const [made, setMade] = useState<Made>()
  useEffect(() => {
    let isOpen = true
    void linkOf(strategy).then((link) => isOpen && setMade(link))
    return () => void (isOpen = false)
  }, [strategy])
  return (
    <Dialog
      title="Share as a link"
      description="The whole strategy is in the link itself. Nothing is sent to any server; whoever gets the link can read it."
      open
      onOpenChange={onClose}
    >
      {made?.ok === false && <Notice kind="warn">{made.because}</Notice>}
      {made?.ok && <CopyField label={`Link of ${formatNumber(made.link.length)} letters`} value={made.link} />}
    </Dialog>
  )
}

/** With the fingerprints of the last test of what is shared; those of another version would deny it. */
async function linkOf({ id, draft }: KeptStrategy): Promise<Made> {
  const run = (await runsOf(id)).find((each) => isRunOf(draft, each))
  const tested = run?.detail && {
    engine: run.hashes.engine,
    data: run.hashes.data,
    result: run.detail.resultHash,
  }
  const shared = await shareFragment(draft, tested)
  return shared.ok ? { ok: true, link: `${location.origin}/share#${shared.fragment}` } : shared
}
