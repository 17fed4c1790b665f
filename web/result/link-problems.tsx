import { addressProblems } from "../run/address-problems.ts"
import type { SetupSearch } from "../run/run-setup.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"

/** The unreadable parts of a link: defaults were tested in their place. */
export function LinkProblems({ search, onMend }: { search: SetupSearch; onMend: () => void }) {
  const problems = addressProblems(search)
  if (problems.length === 0) return null
  return (
    <Notice kind="warn" action={<Button onClick={onMend}>Test with the usual</Button>}>
      Part of this link cannot be read: {problems.join("; ")}. The usual stands in for it.
    </Notice>
  )
}
