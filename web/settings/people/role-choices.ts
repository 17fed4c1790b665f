export type Role = "viewer" | "trader" | "owner"

/** What somebody may be here, and what that means. */
export const roleChoices: { value: Role; label: string; hint: string }[] = [
  { value: "viewer", label: "Viewer", hint: "looks at what you show" },
  { value: "trader", label: "Trader", hint: "has accounts of their own" },
  { value: "owner", label: "Owner", hint: "may do all that you may" },
]
