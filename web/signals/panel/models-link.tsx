import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { buttonClass } from "../../ui/button.tsx"

/** To the screen where models are trained, kept and put into rules. */
export function ModelsLink({ children }: { children: ReactNode }) {
  return (
    <Link to="/signals/models" className={buttonClass("quiet")}>
      {children}
    </Link>
  )
}
