// The door of the chat: the way into it from what is on another screen. The chat itself comes with its route.
export { AskAbout } from "./ask-about.tsx"
