import { Link, useNavigate, useRouterState } from "@tanstack/react-router"
import { BookmarkPlus } from "lucide-react"
import { useEffect, useState } from "react"
import { plainText } from "#engine/candles"
import { checkStrategy } from "#engine/strategy"
import { keepStrategy, LibraryFull } from "../../db/kept-strategy.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Fingerprints } from "../../ui/fingerprints.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { type SharedStrategy, sharedFrom } from "./share-link.ts"

type Read = Awaited<ReturnType<typeof sharedFrom>>

/** What somebody shared, read from the address: looked at first, taken in only by a press. */
export function ShareScreen() {
  const fragment = useRouterState({ select: ({ location }) => location.hash })
  const [read, setRead] = useState<{ fragment: string; answer: Read }>()
  useEffect(() => {
    let isOpen = true
    void sharedFrom(fragment).then((answer) => isOpen && setRead({ fragment, answer }))
    return () => void (isOpen = false)
  }, [fragment])
  if (read?.fragment !== fragment)
    return (
      <div aria-busy>
        <h1 className="sr-only">A shared strategy</h1>
        <Skeleton className="h-60 w-full" />
      </div>
    )
  return read.answer.ok ? <Shared shared={read.answer} /> : <Refused because={read.answer.because} />
}

function Refused({ because }: { because: string }) {
  return (
    <>
      <PageHeader title="A link that cannot be opened" />
      <Notice
        kind="warn"
        action={
          <Link to="/library" className={buttonClass("primary")}>
            To the library
          </Link>
        }
      >
        {because}
      </Notice>
    </>
  )
}

function Shared({ shared }: { shared: SharedStrategy }) {
  const { document } = shared
  const [problem, setProblem] = useState<string>()
  const navigate = useNavigate()
  const checked = checkStrategy(document)
  const keep = async () => {
    try {
      const { id } = await keepStrategy({ document, origin: "a shared link" })
      await navigate({ to: "/backtest", search: { strategy: id } })
    } catch (error) {
      setProblem(error instanceof LibraryFull ? error.message : unavailableBecause(error))
    }
  }
  return (
    <>
      <PageHeader
        title={plainText(document.name, 100)}
        action={
          <Button look="primary" icon={<BookmarkPlus aria-hidden className="size-4" />} onClick={() => void keep()}>
            Keep and test it
          </Button>
        }
      >
        {plainText(document.description, 2000)}
      </PageHeader>
      {problem && <Notice kind="error">{problem}</Notice>}
      <Notice kind="info">
        Somebody shared this strategy. It is in the link itself and whole: it matches its fingerprint. It cannot do
        anything until you test it, and no result is claimed: your own browser works it out.
      </Notice>
      {checked.ok && (
        <>
          {checked.report.flags.map(({ because }) => (
            <Notice key={because} kind="warn">
              {because}
            </Notice>
          ))}
          <section className="flex flex-col gap-2">
            <h2 className="text-base font-semibold">In plain words</h2>
            <ul className="flex max-w-[72ch] list-disc flex-col gap-1 pl-5">
              {checked.report.inWords.map(({ text }) => (
                <li key={text} className="wrap-anywhere">
                  {text}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      {document.code && (
        <section className="flex flex-col gap-2">
          <h2 className="text-base font-semibold">Its code</h2>
          <pre
            tabIndex={0}
            aria-label="Its code"
            className="max-h-100 overflow-auto border-y border-line py-2 font-mono text-sm"
          >
            {document.code.source}
          </pre>
        </section>
      )}
      <SharedHashes shared={shared} />
    </>
  )
}

function SharedHashes({ shared: { strategyHash, tested } }: { shared: SharedStrategy }) {
  const ofTest: [string, string][] = tested
    ? [
        ["Engine of the sender's last test", tested.engine],
        ["Candles of that test", tested.data],
        ["Its trades and equity", tested.result],
      ]
    : []
  return <Fingerprints title="Fingerprints" rows={[["Strategy with its numbers", strategyHash], ...ofTest]} />
}
