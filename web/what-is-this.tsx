import { CircleHelp } from "lucide-react"
import { memo } from "react"
import { glossary, glossaryNames, type GlossaryTerm } from "./glossary.ts"
import { Explained } from "./ui/explained.tsx"

/** A question mark that explains the term beside it. */
export const WhatIsThis = memo(function WhatIsThis({ term }: { term: GlossaryTerm }) {
  return (
    <Explained
      name={`What is ${glossaryNames[term]}?`}
      term={
        <>
          <CircleHelp aria-hidden className="m-auto size-4" />
          <span className="sr-only">What is {glossaryNames[term]}?</span>
        </>
      }
    >
      {glossary[term]}
    </Explained>
  )
})
