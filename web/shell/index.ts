// The door of the shell: the frame around every screen.
export { AppShell } from "./app-shell.tsx"
export { Coming } from "./coming.tsx"
export { Failure } from "./failure.tsx"
export { NotFound } from "./not-found.tsx"
