// The door of settings: what other screens may use.
export { setPreferences, usePreferences } from "./preferences.ts"
export { usePersistence } from "./persistence.ts"
