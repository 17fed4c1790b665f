// The door of live markets: the screen and what its address may say.
export { WatchScreen, type WatchSearch } from "./watch-screen.tsx"
