// The door of settings: what other screens may ask for.
export { usePreferences } from "./preferences.ts"
export { usePersistence } from "./persistence.ts"
