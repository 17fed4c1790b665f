import { CircleHelp } from "lucide-react"
import { glossary, type GlossaryTerm } from "./glossary.ts"
import { Explained } from "./ui/explained.tsx"

/** A question mark that explains the term beside it. */
export function WhatIsThis({ term }: { term: GlossaryTerm }) {
  return (
    <Explained
      term={
        <>
          <CircleHelp aria-hidden className="size-4" />
          <span className="sr-only">What is {term}?</span>
        </>
      }
    >
      {glossary[term]}
    </Explained>
  )
}
