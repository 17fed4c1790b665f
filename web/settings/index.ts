// The door of settings: what other screens may ask for.
export { setPreferences, usePreferences } from "./preferences.ts"
export { usePersistence } from "./persistence.ts"
